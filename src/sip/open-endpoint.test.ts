import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { makeLeaf, makeRoot } from '../api/tls/make-certificate.ts'
import { systemClock } from '../shared/clock.ts'
import { type OpenEndpoint, openEndpoint } from './open-endpoint.ts'

const open = (port: number): Promise<OpenEndpoint> =>
  openEndpoint({
    listen: [{ address: '127.0.0.1', port }],
    clock: systemClock,
    random: seededRandom(),
    events: { onInvite: () => {} },
  })

it('listens over UDP and TCP on one port', async () => {
  const endpoint = await open(0)
  const [udp, tcp] = endpoint.locals
  expect(udp?.transport).toBe('udp')
  expect(tcp).toEqual({ ...udp, transport: 'tcp' })
  await endpoint.close()
})

it('leaves nothing open when an address can’t be had', async () => {
  const first = await open(0)
  await expect(open(first.locals[0]?.port ?? 0)).rejects.toMatchObject({ code: 'AP_SIP_PORT_IN_USE' })
  await first.close()
})

it('RFC 3261 §18.1.1: names the place where it listens by TLS, and without one the place of UDP', async () => {
  const certificate = await makeLeaf(await makeRoot('Home', Date.now()), ['127.0.0.1'], Date.now())
  const toTls = { transport: 'tls', address: '127.0.0.1', port: 5061 } as const
  const deaf = await open(0)
  expect(deaf.localFor(toTls)?.port).toBe(deaf.locals[0]?.port)
  await deaf.close()
  const endpoint = await openEndpoint({
    listen: [{ address: '127.0.0.1', port: 0 }],
    listenTls: [{ address: '127.0.0.1', port: 0 }],
    certificate: () => certificate,
    clock: systemClock,
    random: seededRandom(),
    events: { onInvite: () => {} },
  })
  const tls = endpoint.locals.find(({ transport }) => transport === 'tls')
  expect(endpoint.localFor(toTls)).toEqual({ address: '127.0.0.1', port: tls?.port })
  await endpoint.close()
})

it('asks by its own socket how another sees it (RFC 8489)', async () => {
  const [one, other] = await Promise.all([0, 0].map(open))
  const server = other?.locals[0]
  if (!one || !server) throw new Error('not open')
  expect(await one.askStun(server)).toEqual({ address: '127.0.0.1', port: one.locals[0]?.port })
  await Promise.all([one.close(), other?.close()])
})

it.each(['tcp', 'tls'] as const)('takes no %s connection of a stranger', async (transport) => {
  const certificate = await makeLeaf(await makeRoot('Home', Date.now()), ['127.0.0.1'], Date.now())
  const endpoint = await openEndpoint({
    listen: [{ address: '127.0.0.1', port: 0 }],
    listenTls: [{ address: '127.0.0.1', port: 0 }],
    certificate: () => certificate,
    clock: systemClock,
    random: seededRandom(),
    events: { onInvite: () => {} },
    admits: () => false,
  })
  const port = endpoint.locals.find(({ transport: name }) => name === transport)?.port ?? 0
  const socket = connect(port, '127.0.0.1')
    .on('error', () => {})
    .resume()
  await once(socket, 'close')
  await endpoint.close()
})
