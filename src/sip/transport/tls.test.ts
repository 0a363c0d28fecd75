import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type PeerCertificate } from 'node:tls'
import { beforeAll, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import { until } from '../../../test/helpers/until.ts'
import type { Certificate } from '../../api/tls/certificate.ts'
import { makeLeaf, makeRoot } from '../../api/tls/make-certificate.ts'
import { checkSipIdentity, openTlsTransport } from './tls.ts'

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n'

let root: Certificate
let leaf: Certificate
beforeAll(async () => {
  root = await makeRoot('Provider', Date.now())
  leaf = await makeLeaf(root, ['provider.example', '127.0.0.1'], Date.now())
})

/** A server of ours that keeps what it hears, and a transport that trusts these authorities. */
async function open(authorities: readonly string[]) {
  let heard = ''
  let asked: unknown
  const server = createServer({ cert: leaf.cert, key: leaf.key }, (socket) => {
    asked = socket.servername
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      if (heard.endsWith('\r\n\r\n')) socket.write(MESSAGE)
    })
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const events = noteTransport()
  const local = { address: '0.0.0.0', port: 5060 }
  const transport = openTlsTransport({ local, events, clock: fakeClock(), authorities })
  const { port } = server.address() as AddressInfo
  return {
    transport,
    events,
    to: { transport: 'tls', address: '127.0.0.1', port } as const,
    heard: () => heard,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      await transport.close()
      server.close()
    },
  }
}

it('reaches a server by the name in its certificate, and is answered over the same connection', async () => {
  await using scene = await open([root.cert])
  const to = { ...scene.to, host: 'provider.example' }
  scene.transport.send(Buffer.from(MESSAGE), to)
  await until(() => scene.events.messages.length === 1)
  expect(scene.heard()).toBe(MESSAGE)
  expect(scene.asked()).toBe('provider.example')
  expect(scene.events.messages[0]?.from).toMatchObject({ transport: 'tls', flow: expect.any(String) })
})

it('reaches a server by its address where the certificate has it', async () => {
  await using scene = await open([root.cert])
  scene.transport.send(Buffer.from(MESSAGE), scene.to)
  await until(() => scene.events.messages.length === 1)
})

it.each([
  ['another name', () => [root.cert], 'other.example', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['an authority that nobody knows', () => [], 'provider.example', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
])('says nothing to a server with %s', async (_what, authorities, host, code) => {
  await using scene = await open(authorities())
  scene.transport.send(Buffer.from(MESSAGE), { ...scene.to, host })
  await until(() => scene.events.failures.length === 1)
  expect(scene.events.failures[0]).toMatchObject({ code })
  expect(scene.heard()).toBe('')
})

it('RFC 5922 §7.1: takes a domain that stands in the certificate as a SIP URI', () => {
  const certificate = { subject: { CN: 'x' }, subjectaltname: 'DNS:proxy7.example, URI:sip:Example.com' }
  expect(checkSipIdentity('example.com', certificate as unknown as PeerCertificate)).toBeUndefined()
  const tricked = { subject: { CN: 'x' }, subjectaltname: 'URI:"https://x/, URI:sip:example.com, y"' }
  expect(checkSipIdentity('example.com', tricked as unknown as PeerCertificate)).toBeInstanceOf(Error)
  expect(checkSipIdentity('other.example', certificate as unknown as PeerCertificate)).toBeInstanceOf(Error)
})
