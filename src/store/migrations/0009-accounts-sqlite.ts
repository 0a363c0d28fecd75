export { addAccounts as up } from './0009-accounts.ts'
