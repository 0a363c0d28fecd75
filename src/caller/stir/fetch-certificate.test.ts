import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeLeaf, makeRoot } from '../../api/tls/make-certificate.ts'
import { systemClock } from '../../shared/clock.ts'
import { type Reach, reachingAgent } from '../../shared/reach.ts'
import { fetchCertificate } from './fetch-certificate.ts'

let server: Server
let url = ''
let answer: { status?: number; headers?: Record<string, string>; body?: string | null } = {}
let asked = 0
let reach: Reach
let agent: ReturnType<typeof reachingAgent>

beforeAll(async () => {
  const now = Date.now()
  const root = await makeRoot('Test', now)
  const { cert, key } = await makeLeaf(root, ['127.0.0.1', 'certificates.example'], now)
  server = createServer({ cert, key }, (_request, response) => {
    asked++
    response.writeHead(answer.status ?? 200, answer.headers)
    // Null: it never comes to an end.
    if (answer.body !== null) response.end(answer.body ?? 'PEM')
    else response.write('P')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/one.pem`
  reach = { kind: 'test', address: '127.0.0.1', ca: root.cert }
  agent = reachingAgent(reach)
})
beforeEach(() => {
  answer = {}
  asked = 0
})
afterAll(() => {
  agent.destroy()
  server.closeAllConnections()
  server.close()
})

const get = (where = url) => fetchCertificate(where, { reach, agent, clock: systemClock })

it.each([
  [undefined, 3600_000],
  ['public, max-age=7200', 7200_000],
  ['max-age=1', 60_000],
  ['max-age=999999999', 24 * 3600_000],
  ['no-store', 60_000],
])('fetches a certificate, and keeps it as Cache-Control: %s says, within limits', async (said, keepMs) => {
  answer = { body: 'PEM', ...(said && { headers: { 'Cache-Control': said } }) }
  expect(await get()).toEqual({ pem: 'PEM', keepMs })
})

it('follows no redirection', async () => {
  answer = { status: 302, headers: { Location: url } }
  await expect(get()).rejects.toThrow('it answers 302')
  expect(asked).toBe(1)
})

it('reads no more than 64 kB', async () => {
  answer = { body: 'x'.repeat(65_536) }
  expect((await get()).pem).toHaveLength(65_536)
  answer = { body: 'x'.repeat(65_537) }
  await expect(get()).rejects.toThrow('it is too long')
})

it('waits two seconds, and no longer', async () => {
  answer = { body: null }
  const since = performance.now()
  await expect(get()).rejects.toThrow('it does not answer in time')
  expect(performance.now() - since).toBeGreaterThan(1900)
})

it.each([
  ['http://certificates.example/x.pem', 'it is no https URL'],
  ['https://192.168.1.1/x.pem', '192.168.1.1 is no public address'],
  ['https://[::1]/x.pem', '::1 is no public address'],
  ['https://certificates.example:22/x.pem', 'its port is neither 443 nor 8443'],
])('does not ask for %s', async (where, why) => {
  const publicly = { reach: { kind: 'public' } as const, agent, clock: systemClock }
  await expect(fetchCertificate(where, publicly)).rejects.toThrow(why)
})

it('asks nobody at a name that leads into a private network', async () => {
  const publicly = { kind: 'public' } as const
  const rebound = reachingAgent(publicly, ((
    _host: string,
    _options: object,
    found: (error: null, all: object[]) => void,
  ) => found(null, [{ address: '127.0.0.1', family: 4 }])) as never)
  const tools = { reach: publicly, agent: rebound, clock: systemClock }
  await expect(fetchCertificate('https://certificates.example/x.pem', tools)).rejects.toThrow(
    'has no public address',
  )
  expect(asked).toBe(0)
})
