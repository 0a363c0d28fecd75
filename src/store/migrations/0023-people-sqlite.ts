export { createPeople as up } from './0023-people.ts'
