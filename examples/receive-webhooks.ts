// A receiver for webhooks: checks each signature as Standard Webhooks has it, forgets what came twice, prints the rest.
//
//     answerphone webhooks add hall --url http://127.0.0.1:9000/
//     WEBHOOK_SECRET=whsec_… node examples/receive-webhooks.ts 9000
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const TOLERANCE_SECONDS = 5 * 60
/** Of ids that came before; the machine sends one again only while it has no answer. */
const MOST_KNOWN = 1000

/** Whether the machine that shares our secret has sent this, and lately. `body` is as it came, byte for byte. */
function isGenuine(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']]
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // There are several while a secret is changed.
  return `${headers['webhook-signature']}`.split(' ').some((each) => {
    const [version, signature = ''] = each.split(',')
    const given = Buffer.from(signature, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

const { WEBHOOK_SECRET: secret = '' } = process.env
const known = new Set<string>()

const server = createServer(async (request, response) => {
  const body = await buffer(request)
  if (!isGenuine(secret, request.headers, body)) return void response.writeHead(401).end()
  // Answer first, work afterwards: a slow answer counts as none.
  response.writeHead(204).end()
  const id = `${request.headers['webhook-id']}`
  if (known.has(id)) return
  known.add(id)
  if (known.size > MOST_KNOWN) known.delete([...known][0] ?? '')
  const { type, data } = JSON.parse(body.toString())
  const caller = data.message ?? data.call
  console.log([type, caller?.contact?.name ?? caller?.callerNumber].filter(Boolean).join(' '))
})
server.listen(Number(process.argv[2] ?? 9000), '127.0.0.1', () =>
  console.log(`listening on ${(server.address() as AddressInfo).port}`),
)
