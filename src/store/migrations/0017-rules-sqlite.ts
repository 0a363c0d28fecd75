export { createRules as up } from './0017-rules.ts'
