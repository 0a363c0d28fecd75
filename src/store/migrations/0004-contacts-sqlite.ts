export { createContactTables as up } from './0004-contacts.ts'
