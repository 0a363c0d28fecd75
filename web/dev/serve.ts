import type { people } from './fake-data.ts'
import { startFakeServer } from './fake-server.ts'

/**
 * `node web/dev/serve.ts`: the fake server with a call that rings, is greeted, leaves a message and hangs up, and then
 * the next one. Beside it run `npx vite web`, which serves the page's sources and sends the API's requests here.
 */
const PORT = 8790
const GREETING_MS = 5_000
const MESSAGE_MS = 9_000
const callers: readonly (keyof typeof people)[] = ['jonas', 'unknown', 'ruth', 'withheld', 'school']

const wait = (ms: number) => new Promise((over) => setTimeout(over, ms))

const server = await startFakeServer({ port: PORT })
console.log(`fake machine at ${server.url}`)

for (let turn = 0; ; turn++) {
  const { machine } = server
  const id = machine.ring(callers[turn % callers.length] ?? 'ruth')
  await wait(18_000)
  machine.greet(id)
  await wait(GREETING_MS)
  machine.record(id)
  await wait(MESSAGE_MS)
  machine.end(id)
  await wait(10_000)
}
