import { describe, expect, it } from 'vitest'
import { sdp } from '../../test/helpers/endpoint-pair.ts'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { memoryWebSocketWire } from '../../test/helpers/memory-web-socket.ts'
import { answers, scriptedPhone } from '../../test/helpers/scripted-phone.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { headersOf } from '../../test/helpers/sip-text.ts'
import { headerOf, statusOf } from '../../test/helpers/sip-wire.ts'
import { createEndpoint } from './create-endpoint.ts'
import type { IncomingInvite, InviteEvent } from './endpoint.ts'
import { buildResponse } from './message/build.ts'
import type { Source } from './transport/transport.ts'
import { createWebSocketTransport } from './transport/web-socket.ts'

const LOCAL = { address: '192.0.2.2', port: 8080 }

/** An endpoint whose only transport is WebSocket, and a browser's phone that calls itself by a name of its own making. */
function setUp(secure = false) {
  const clock = fakeClock()
  const random = seededRandom(4)
  const invites: IncomingInvite[] = []
  const closed: (string | undefined)[] = []
  let registeredAt: Source | undefined
  const endpoint = createEndpoint({
    clock,
    random,
    methods: ['REGISTER'],
    events: {
      onInvite: (invite) => void invites.push(invite),
      onRequest(transaction) {
        registeredAt = transaction.request.source
        transaction.respond(buildResponse(transaction.request, 200, { toTag: 'machine' }))
      },
      onClosed: ({ flow }) => void closed.push(flow),
    },
  })
  const transport = createWebSocketTransport({ local: LOCAL, events: endpoint.receive, clock })
  endpoint.attach(transport)
  const connect = (port: number) =>
    memoryWebSocketWire(transport.accept, {
      remote: { address: '198.51.100.7', port },
      local: LOCAL,
      secure,
      account: 'user:ada',
    })
  const wire = connect(50_000)
  const phone = scriptedPhone({
    wire,
    clock,
    random,
    user: 'page',
    domain: 'house.example',
    believes: 'df7jal23ls0d.invalid',
    onCall: answers(),
  })
  return {
    clock,
    endpoint,
    wire,
    phone,
    invites,
    closed,
    /** What the phone says from now on goes by another connection. */
    reconnect() {
      const { browser, send } = connect(50_001)
      browser.onMessage = (text) => wire.onText(text, send)
      Object.assign(wire, { send })
      return browser
    },
    async register() {
      expect(statusOf(await phone.register())).toBe(200)
      if (!registeredAt) throw new Error('no REGISTER came')
      return registeredAt
    },
    async close() {
      await endpoint.close()
      await clock.advanceAsync(64_000)
      expect(clock.pending).toBe(0)
    },
  }
}

it.each([false, true])(
  'a browser is called, and the dialog goes on, over its own connection (RFC 7118 §5; secure: %s)',
  async (secure) => {
    const { clock, endpoint, phone, register, close } = setUp(secure)
    const to = await register()
    const events: InviteEvent[] = []
    const invite = endpoint.invite({
      uri: phone.contact.slice(1, -1),
      to,
      from: { displayName: undefined, uri: 'sip:alice@192.0.2.2', params: new Map() },
      body: sdp('offer'),
    })
    invite.onEvent = (event) => void events.push(event)
    await clock.advanceAsync(10)
    const [request] = phone.heard.map(({ text }) => text).filter((text) => text.startsWith('INVITE'))
    // RFC 7118 §5.2.1: the Via says whether there is TLS; §5.2.2: a URI does not.
    expect(headerOf(request ?? '', 'Via')).toMatch(secure ? /^SIP\/2.0\/WSS / : /^SIP\/2.0\/WS /)
    expect(headerOf(request ?? '', 'Contact')).toBe('<sip:alice@192.0.2.2:8080;transport=ws>')
    invite.hangUp()
    await clock.advanceAsync(10)
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'confirmed', 'ended'])
    expect(phone.calls[0]?.endedBy).toMatch(/^BYE sip:page@df7jal23ls0d.invalid/)
    await close()
  },
)

it('a browser calls, is answered by its connection, and hung up on', async () => {
  const { clock, phone, invites, close } = setUp()
  const call = phone.call('sip:*1@house.example')
  await clock.advanceAsync(10)
  invites[0]?.accept(sdp('answer'))
  await clock.advanceAsync(10)
  expect(call.state).toBe('talking')
  invites[0]?.hangUp()
  await clock.advanceAsync(10)
  expect(call.endedBy).toMatch(/^BYE /)
  expect(headersOf(phone.heard[0]?.text ?? '', 'Via')[0]).toContain('received=198.51.100.7')
  await close()
})

describe('a browser whose connection is closed (RFC 7118 §5)', () => {
  it('that calls, or is called, is gone', async () => {
    const { clock, endpoint, phone, wire, invites, register, close } = setUp()
    const to = await register()
    const told: string[] = []
    const tell = (who: string) => (event: InviteEvent) =>
      void told.push(`${who} ${event.kind === 'ended' ? event.reason : event.kind}`)
    phone.call('sip:*1@house.example')
    await clock.advanceAsync(10)
    const called = endpoint.invite({
      uri: phone.contact.slice(1, -1),
      to,
      from: { displayName: undefined, uri: 'sip:alice@192.0.2.2', params: new Map() },
      body: sdp('offer'),
    })
    called.onEvent = tell('called')
    const [calls] = invites
    if (calls) calls.onEvent = tell('calls')
    wire.browser.leave()
    expect(told.sort()).toEqual(['called transport-failed', 'calls transport-failed'])
    await clock.advanceAsync(40_000)
    expect(endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
    await phone[Symbol.asyncDispose]()
    await close()
  })

  it('whose dialog is confirmed is cut off, unless it goes on by another', async () => {
    const { clock, phone, wire, invites, reconnect, close } = setUp()
    const told: string[] = []
    const call = phone.call('sip:*1@house.example')
    await clock.advanceAsync(10)
    const [invite] = invites
    if (invite) invite.onEvent = ({ kind }) => void told.push(kind)
    invite?.accept(sdp('answer'))
    await clock.advanceAsync(10)
    const first = wire.browser
    const other = reconnect()
    void call.request('INFO', { body: 'Signal=5', contentType: 'application/dtmf-relay' })
    await clock.advanceAsync(10)
    first.leave()
    expect(told).toEqual(['confirmed', 'info'])
    other.leave()
    expect(told).toEqual(['confirmed', 'info', 'cut-off'])
    await close()
  })
})

it('a message needs no Content-Length, and may be longer than it says (RFC 7118 §5.1)', async () => {
  const { wire, close } = setUp()
  const options = (more: string) =>
    `OPTIONS sip:house.example SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK${more.length}\r\nMax-Forwards: 70\r\n` +
    `From: <sip:page@house.example>;tag=1\r\nTo: <sip:house.example>\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\n${more}`
  wire.browser.say(options('\r\n'))
  wire.browser.say(options('Content-Length: 0\r\n\r\nmore'))
  expect(wire.browser.heard.map(({ text }) => statusOf(text))).toEqual([200, 200])
  await close()
})

it('a browser that has gone is told of, and what is sent there fails at once', async () => {
  const { clock, endpoint, phone, wire, closed, register, close } = setUp()
  const to = await register()
  wire.browser.leave()
  expect(closed).toEqual([to.flow])
  const failures: string[] = []
  endpoint.request(
    {
      method: 'OPTIONS',
      uri: phone.contact.slice(1, -1),
      to,
      from: { displayName: undefined, uri: 'sip:192.0.2.2', params: new Map() },
    },
    { onFailed: ({ message }) => void failures.push(message) },
  )
  await clock.advanceAsync(0)
  expect(failures).toEqual(['the WebSocket to 198.51.100.7:50000 is closed'])
  await close()
})
