export { createPushTable as up } from './0005-push.ts'
