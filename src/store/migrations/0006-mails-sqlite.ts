export { createMails as up } from './0006-mails.ts'
