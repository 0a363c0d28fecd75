import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../test/helpers/api-desk.ts'
import { until } from '../../test/helpers/until.ts'
import type { CertificateSource } from './tls/certificate.ts'
import { makeLeaf, makeRoot } from './tls/make-certificate.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** A client that does what no browser does. */
function dial(port: number, localAddress = '127.0.0.1') {
  const socket = connect({ host: '127.0.0.1', port, localAddress })
  sockets.push(socket)
  const peer = { socket, heard: '', gone: false }
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    peer.heard += chunk
  })
  socket.on('close', () => {
    peer.gone = true
  })
  return peer
}

const ASK = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
const QUICK = { headMs: 150, requestMs: 300, checkEveryMs: 50 }

it('cuts off who is slow to ask: with the head, with the body, or with anything at all', async () => {
  await using desk = await openApiDesk({ limits: QUICK })
  const { port } = await desk.api.listen('127.0.0.1', 0)
  const [silent, slowHead, slowBody] = [dial(port), dial(port), dial(port)]
  slowHead.socket.write('GET /healthz HTTP/1.1\r\nX-A: ')
  slowBody.socket.write(
    'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  )
  const dripping = setInterval(() => {
    for (const { socket } of [slowHead, slowBody]) if (socket.writable) socket.write(' ')
  }, 20)
  await until(() => [silent, slowHead, slowBody].every(({ gone }) => gone))
  clearInterval(dripping)
  expect([slowHead.heard, slowBody.heard]).toEqual([
    expect.stringMatching(/^HTTP\/1\.1 408 /),
    expect.stringMatching(/^HTTP\/1\.1 408 /),
  ])
})

it('takes so many connections of one source, and so many in all; those that stand stay', async () => {
  await using desk = await openApiDesk({ limits: { connectionsPerSource: 2, connections: 4 } })
  const { port } = await desk.api.listen('127.0.0.1', 0)
  const heard = async (peer: ReturnType<typeof dial>) => {
    peer.socket.write(ASK)
    await until(() => peer.heard !== '' || peer.gone)
    return peer.heard.startsWith('HTTP/1.1 200')
  }
  const first = dial(port)
  expect(await heard(first)).toBe(true)
  expect(await heard(dial(port))).toBe(true)
  expect(await heard(dial(port))).toBe(false)
  const others = [dial(port, '127.0.0.2'), dial(port, '127.0.0.3')]
  for (const other of others) expect(await heard(other)).toBe(true)
  expect(await heard(dial(port, '127.0.0.4'))).toBe(false)
  first.heard = ''
  expect(await heard(first)).toBe(true)
  others[0]?.socket.destroy()
  await until(() => others[0]?.gone === true)
  expect(await heard(dial(port, '127.0.0.4'))).toBe(true)
})

it('a proxy that is trusted may come as often as its clients do', async () => {
  await using desk = await openApiDesk({
    limits: { connectionsPerSource: 1 },
    trustedProxies: ['127.0.0.0/8', '::1'],
  })
  const { port } = await desk.api.listen('127.0.0.1', 0)
  const clients = [dial(port), dial(port), dial(port)]
  for (const { socket } of clients) socket.write(ASK)
  await until(() => clients.every(({ heard }) => heard.startsWith('HTTP/1.1 200')))
})

describe('TLS handshakes', () => {
  let certificate: CertificateSource
  beforeAll(async () => {
    const leaf = await makeLeaf(await makeRoot('Home', Date.now()), ['127.0.0.1'], Date.now())
    certificate = {
      current: leaf,
      root: undefined,
      onReplaced: () => {},
      challenge: () => undefined,
      [Symbol.dispose]() {},
    }
  })
  const flood = async (desk: ApiDesk) => {
    const { port } = await desk.api.listenHttps('127.0.0.1', 0)
    return { port, dialled: Array.from({ length: 130 }, () => dial(port)) }
  }

  it('are begun with one source as often as a household’s browsers would, and no more', async () => {
    await using desk = await openApiDesk({ certificate, limits: { handshakeMs: 600_000 } })
    const { dialled } = await flood(desk)
    const gone = () => dialled.filter(({ gone }) => gone).length
    await until(() => gone() >= 30)
    await desk.clock.advanceAsync(0)
    expect(gone()).toBe(30)
    for (const { socket } of dialled) socket.destroy()
  })

  it('that do not go on are not waited for, and others may begin in their place', async () => {
    await using desk = await openApiDesk({ certificate, limits: { handshakeMs: 200 } })
    const { port, dialled } = await flood(desk)
    await until(() => dialled.every(({ gone }) => gone))
    desk.clock.advance(1000)
    const browser = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false })
    sockets.push(browser)
    await once(browser, 'secureConnect')
    browser.destroy()
  })
})
