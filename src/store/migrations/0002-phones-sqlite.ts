export { createPhoneTables as up } from './0002-phones.ts'
