import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { duplexPair } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { PhoneConnection } from '../../shared/web-socket.ts'

let desk: ApiDesk
let accepted: PhoneConnection[]
beforeEach(async () => {
  accepted = []
  desk = await openApiDesk({
    hostNames: ['phone.example.org'],
    acceptPhone: (connection) => {
      accepted.push(connection)
      connection.socket.on('message', (data) => connection.socket.send(data, { binary: false }, () => {}))
    },
  })
})
afterEach(() => desk[Symbol.asyncDispose]())

interface Dialled {
  readonly path?: string
  readonly protocols?: readonly string[]
  readonly headers?: Record<string, string>
}

/** A client of the package, over a stream that no port took. */
function dial({ path = '/sip', protocols = ['sip'], headers = {} }: Dialled = {}): WebSocket {
  const [client, server] = duplexPair()
  // As a socket would.
  server.on('close', () => client.destroy())
  desk.api.connect(server)
  return new WebSocket(`ws://localhost${path}`, [...protocols], {
    createConnection: () => client as never,
    headers,
  })
}

/** What the machine says to who is not let in. */
async function refusal(dialled: Dialled): Promise<{ status: number | undefined; code: string }> {
  const socket = dial(dialled)
  const [request, answer] = (await once(socket, 'unexpected-response')) as [
    { destroy(): void },
    IncomingMessage,
  ]
  let body = ''
  for await (const chunk of answer) body += chunk
  request.destroy()
  return { status: answer.statusCode, code: body.startsWith('{') ? JSON.parse(body).code : body }
}

describe('a phone is let in at /sip', () => {
  it('with a session or a token, by the subprotocol sip (RFC 7118 §4.1, §7)', async () => {
    const { cookie } = await desk.logIn('ada', 'member')
    const page = dial({ headers: { cookie, origin: 'http://localhost' } })
    await once(page, 'open')
    expect(page.protocol).toBe('sip')
    const script = dial({ headers: desk.asToken, protocols: ['x', 'sip'] })
    await once(script, 'open')
    expect(accepted.map(({ account, secure }) => [account, secure])).toEqual([
      ['user:ada', false],
      ['token:script', false],
    ])
    page.send('OPTIONS')
    expect(String((await once(page, 'message'))[0])).toBe('OPTIONS')
    for (const socket of [page, script]) socket.terminate()
  })

  it('as the client of a trusted proxy, with the addresses and the TLS that it tells of', async () => {
    await using proxied = await openApiDesk({
      trustedProxies: ['192.0.2.9'],
      acceptPhone: (connection) => void accepted.push(connection),
    })
    const [client, server] = duplexPair()
    const socket = { remoteAddress: '::ffff:192.0.2.9', remotePort: 4000, localAddress: '::ffff:192.0.2.2' }
    proxied.api.connect(Object.assign(server, socket, { localPort: 8080 }))
    const headers = { ...proxied.asToken, 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' }
    const phone = new WebSocket('ws://localhost/sip', 'sip', {
      createConnection: () => client as never,
      headers,
    })
    await once(phone, 'open')
    expect(accepted[0]).toMatchObject({
      secure: true,
      remote: { address: '203.0.113.7', port: 4000 },
      local: { address: '0.0.0.0', port: 8080 },
    })
    phone.terminate()
  })

  it('and nobody else: without a login, from a foreign page, by a foreign name, or for something else than SIP', async () => {
    const { cookie } = await desk.logIn('ada')
    expect(await refusal({})).toEqual({ status: 401, code: 'AP_LOGIN_NEEDED' })
    expect(await refusal({ headers: { cookie: 'answerphone=guess' } })).toMatchObject({ status: 401 })
    expect(await refusal({ headers: { cookie, origin: 'https://evil.example' } })).toEqual({
      status: 403,
      code: 'AP_ORIGIN_FOREIGN',
    })
    expect(await refusal({ headers: { cookie, origin: 'null' } })).toMatchObject({ status: 403 })
    expect(await refusal({ headers: { cookie, host: 'evil.example' } })).toEqual({
      status: 421,
      code: 'AP_HOST_UNKNOWN',
    })
    for (const protocols of [[], ['msrp', 'sips']])
      expect(await refusal({ headers: { cookie }, protocols })).toEqual({
        status: 426,
        code: 'AP_PHONE_SOCKET_ONLY',
      })
    expect(accepted).toEqual([])
  })

  it('while any other request is answered as if it had not asked for more', async () => {
    const plain = await desk.api.inject({ url: '/sip', headers: desk.asToken })
    expect([plain.statusCode, plain.headers['upgrade'], plain.json().code]).toEqual([
      426,
      'websocket',
      'AP_PHONE_SOCKET_ONLY',
    ])
    expect(await refusal({ path: '/healthz' })).toMatchObject({ status: 200 })
    expect(await refusal({ path: '/api/v1/none', headers: desk.asToken })).toMatchObject({ status: 404 })
  })
})

describe('a phone that was let in', () => {
  const open = async (headers: Record<string, string>) => {
    const socket = dial({ headers })
    await once(socket, 'open')
    return socket
  }
  const closedBy = async (socket: WebSocket) => (await once(socket, 'close'))[0]

  it('is let go when its user logs out, and those of other sessions stay', async () => {
    const headers = await desk.logIn('ada')
    const other = await open(await desk.logIn('max'))
    const socket = await open(headers)
    const closed = closedBy(socket)
    await desk.api.inject({ method: 'DELETE', url: '/api/v1/session', headers })
    expect(await closed).toBe(1008)
    expect(other.readyState).toBe(WebSocket.OPEN)
    other.terminate()
  })

  it('is let go when its token is removed, and when its session has run out', async () => {
    const { cookie } = await desk.logIn('ada')
    const page = await open({ cookie })
    const script = await open(desk.asToken)
    const gone = [closedBy(script), closedBy(page)]
    const [token] = await desk.store.tokens.list()
    await desk.store.tokens.remove(token?.id ?? '')
    expect(await gone[0]).toBe(1008)
    desk.clock.jump(91 * 24 * 3600_000)
    await desk.clock.advanceAsync(60_000)
    expect(await gone[1]).toBe(1008)
  })

  it('is cut off from a message that no phone would send (RFC 6455 §7.4.1)', async () => {
    const socket = await open(desk.asToken)
    const closed = closedBy(socket)
    socket.send(Buffer.alloc(400_000, 'x'))
    expect(await closed).toBe(1009)
  })

  it('goes with the machine', async () => {
    const socket = await open(desk.asToken)
    const closed = closedBy(socket)
    await desk.api.close()
    expect(await closed).toBe(1006)
  })
})

it('nobody is let in before the machine takes phones', async () => {
  await using early = await openApiDesk()
  const [client, server] = duplexPair()
  early.api.connect(server)
  const headers = early.asToken
  const socket = new WebSocket('ws://localhost/sip', 'sip', {
    createConnection: () => client as never,
    headers,
  })
  expect((await once(socket, 'close'))[0]).toBe(1013)
})
