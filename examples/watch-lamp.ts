/**
 * Prints the number of new messages, and again whenever it may have changed.
 *
 *     npx node examples/watch-lamp.ts http://localhost:8080 ap_…
 */
import type { Mailbox } from '../src/api/contract.ts'

const [base = 'http://localhost:8080', token = ''] = process.argv.slice(2)
const headers = { authorization: `Bearer ${token}` }

async function printLamp(): Promise<void> {
  const answer = await fetch(`${base}/api/v1/mailboxes`, { headers })
  const mailboxes = (await answer.json()) as Mailbox[]
  console.log(`new messages: ${mailboxes.reduce((sum, { newMessages }) => sum + newMessages, 0)}`)
}

await printLamp()
const events = await fetch(`${base}/api/v1/events`, { headers })
for await (const chunk of events.body ?? []) {
  if (/^event: (message-added|messages-changed)$/m.test(Buffer.from(chunk).toString())) await printLamp()
}
