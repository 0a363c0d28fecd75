import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { beforeAll, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import { until } from '../../../test/helpers/until.ts'
import type { Certificate } from '../../api/tls/certificate.ts'
import { makeLeaf, makeRoot } from '../../api/tls/make-certificate.ts'
import type { StreamLimits } from './stream-transport.ts'
import { openTlsListener } from './tls.ts'

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n'

let root: Certificate
let leaves: readonly [Certificate, Certificate]
beforeAll(async () => {
  root = await makeRoot('Home', Date.now())
  const leaf = () => makeLeaf(root, ['127.0.0.1'], Date.now())
  leaves = [await leaf(), await leaf()]
})

async function open(options: { limits?: Partial<StreamLimits>; admits?: () => boolean } = {}) {
  const clock = fakeClock()
  const events = noteTransport()
  let certificate = leaves[0]
  const listener = await openTlsListener({
    address: '127.0.0.1',
    port: 0,
    certificate: () => certificate,
    events,
    clock,
    ...options,
  })
  const { port } = listener.local
  const clients: TLSSocket[] = []
  return {
    clock,
    events,
    listener,
    port,
    renew: () => {
      certificate = leaves[1]
    },
    /** A phone that trusts the house's root. */
    async phone(more: object = {}) {
      const socket = connect({ host: '127.0.0.1', port, ca: root.cert, ...more })
      clients.push(socket)
      const told = { heard: '', serial: '', gone: false }
      socket.on('error', () => {})
      socket.on('close', () => {
        told.gone = true
      })
      socket.on('data', (chunk) => {
        told.heard += chunk.toString()
      })
      // `once` would reject for an error, and that may be what is expected.
      await new Promise((settled) => socket.on('secureConnect', settled).on('close', settled))
      if (!told.gone) told.serial = socket.getPeerCertificate().serialNumber
      return Object.assign(told, { socket })
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      await listener.close()
    },
  }
}

it('takes a phone by TLS, and reaches it over the connection by which it came (RFC 5923, RFC 5626 §5.3)', async () => {
  await using scene = await open()
  const phone = await scene.phone()
  phone.socket.write(MESSAGE)
  await until(() => scene.events.messages.length === 1)
  const from = scene.events.messages[0]?.from
  expect(from).toMatchObject({
    transport: 'tls',
    address: '127.0.0.1',
    flow: expect.any(String),
    local: { address: '127.0.0.1', port: scene.port },
  })
  if (from) scene.listener.send(Buffer.from(MESSAGE), from)
  await until(() => phone.heard === MESSAGE)
})

it('names each connection otherwise than those of another listener', async () => {
  await using one = await open()
  await using other = await open()
  for (const scene of [one, other]) (await scene.phone()).socket.write(MESSAGE)
  await until(() => one.events.messages.length + other.events.messages.length === 2)
  expect(one.events.messages[0]?.from.flow).not.toBe(other.events.messages[0]?.from.flow)
})

it('shows a renewed certificate to whoever comes, and ends nobody’s connection', async () => {
  await using scene = await open()
  const before = await scene.phone()
  scene.renew()
  const after = await scene.phone()
  expect(after.serial).not.toBe(before.serial)
  for (const phone of [before, after]) phone.socket.write(MESSAGE)
  await until(() => scene.events.messages.length === 2)
})

it('takes no TLS older than 1.2 (RFC 8996)', async () => {
  await using scene = await open()
  const old = await scene.phone({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
  expect(old.gone).toBe(true)
  const phone = await scene.phone()
  expect(phone.gone).toBe(false)
})

it('makes no handshake with a stranger', async () => {
  await using scene = await open({ admits: () => false })
  const phone = await scene.phone()
  expect([phone.gone, phone.serial]).toEqual([true, ''])
})

it('gives a handshake no more time and room than a first message', async () => {
  await using scene = await open({ limits: { connectionsPerSource: 2 } })
  const dawdlers = [0, 1].map(() => connectTcp(scene.port, '127.0.0.1'))
  const gone = dawdlers.map((socket) => once(socket.on('error', () => {}).resume(), 'close'))
  await Promise.all(dawdlers.map((socket) => once(socket, 'connect')))
  // The beginning of a ClientHello.
  dawdlers[0]?.write(Buffer.from('160301', 'hex'))
  await until(() => scene.clock.pending === 2)
  const third = await scene.phone()
  expect(third.gone).toBe(true)
  scene.clock.advance(30_000)
  await Promise.all(gone)
  const phone = await scene.phone()
  expect(phone.gone).toBe(false)
})

it('goes on after who speaks no TLS', async () => {
  await using scene = await open()
  const plain = connectTcp(scene.port, '127.0.0.1')
  const gone = once(plain.on('error', () => {}).resume(), 'close')
  plain.write(MESSAGE)
  await gone
  expect(scene.events.messages).toEqual([])
  expect((await scene.phone()).gone).toBe(false)
})

it('begins no more handshakes with one peer than a household of telephones would, and ends no connection for that', async () => {
  await using scene = await open()
  const first = await scene.phone()
  first.socket.write(MESSAGE)
  const dials = Array.from({ length: 120 }, () => connectTcp(scene.port, '127.0.0.1'))
  let gone = 0
  for (const socket of dials)
    socket
      .on('error', () => {})
      .on('close', () => gone++)
      .resume()
  // Of a hundred one is the phone's; the clock stands still, so nothing is given back.
  await until(() => gone === 21)
  const late = await scene.phone()
  expect([late.gone, first.gone]).toEqual([true, false])
  scene.clock.advance(1000)
  expect((await scene.phone()).gone).toBe(false)
  for (const socket of dials) socket.destroy()
})
