/**
 * Prints what there is to know of a day: messages that wait, calls, and lines that are lost.
 *
 *     npx node examples/nightly-report.ts http://localhost:8080 ap_…
 */
import { openClient } from './client.ts'

const [base = 'http://localhost:8080', token = ''] = process.argv.slice(2)
const client = openClient(base, token)

for (const { name, newMessages } of await client('GET /mailboxes', {}))
  console.log(`${name}: ${newMessages} new`)

const { past } = await client('GET /calls', { query: { limit: 200 } })
const today = past.filter(({ arrivedAt }) => Date.now() - Date.parse(arrivedAt) < 24 * 3600_000)
for (const { callerNumber, outcome } of today) console.log(`${callerNumber ?? 'withheld'}: ${outcome}`)

const lines = await client('GET /lines', {})
const lost = lines.filter(({ registration }) => registration?.state === 'failing')
for (const { name, registration } of lost) console.log(`${name} is lost: ${registration?.problem?.code}`)
