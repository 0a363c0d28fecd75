import { describe, expect, it } from 'vitest'
import { createEndpoint } from '../../src/sip/create-endpoint.ts'
import type { IncomingInvite, InviteEvent } from '../../src/sip/endpoint.ts'
import { buildResponse } from '../../src/sip/message/build.ts'
import type { ServerTransaction } from '../../src/sip/transaction/layer.ts'
import { sdp } from './endpoint-pair.ts'
import { fakeClock } from './fake-clock.ts'
import { memoryNetwork } from './memory-network.ts'
import { memoryWire } from './memory-wire.ts'
import { answers, refuses, rings, type ScriptedPhoneOptions, scriptedPhone } from './scripted-phone.ts'
import { seededRandom } from './seeded-random.ts'
import { bodyOf } from './sip-text.ts'
import { headerOf, statusOf } from './sip-wire.ts'

const CHALLENGE = 'Digest realm="house", nonce="n1", algorithm=SHA-256, qop="auth"'

/** A phone at 192.0.2.3 and an endpoint at 192.0.2.2 that challenges whatever it is asked outside of calls. */
function setUp(
  change: Partial<ScriptedPhoneOptions> & { readonly transport?: 'udp' | 'tcp'; readonly loss?: number } = {},
) {
  const { transport = 'udp', loss = 0, ...phoneOptions } = change
  const clock = fakeClock()
  const random = seededRandom(3)
  const network = memoryNetwork({ clock, random, loss })
  const requests: ServerTransaction[] = []
  const invites: { invite: IncomingInvite; events: InviteEvent[] }[] = []
  const endpoint = createEndpoint({
    clock,
    random,
    methods: ['REGISTER'],
    eventPackages: ['message-summary'],
    events: {
      onSubscribe(subscription) {
        subscription.accept(300)
        subscription.notify(() => ({ contentType: 'text/plain', bytes: Buffer.from('lamp') }))
      },
      onRequest(transaction) {
        requests.push(transaction)
        const status = transaction.request.headers.has('Authorization') ? 200 : 401
        const headers: [string, string][] = status === 401 ? [['WWW-Authenticate', CHALLENGE]] : []
        transaction.respond(buildResponse(transaction.request, status, { toTag: 'machine', headers }))
      },
      onInvite(invite) {
        const events: InviteEvent[] = []
        invites.push({ invite, events })
        invite.onEvent = (event) => {
          events.push(event)
          if (event.kind === 'renegotiate') event.accept(sdp('c=IN IP4 192.0.2.2\nm=audio 4444 RTP/AVP 0'))
        }
      },
    },
  })
  endpoint.attach(network[transport]('192.0.2.2', 5060, endpoint.receive))
  const wire = memoryWire(network, {
    transport,
    address: '192.0.2.3',
    to: { host: '192.0.2.2', port: 5060 },
  })
  const phone = scriptedPhone({
    wire,
    clock,
    random,
    user: 'kitchen',
    password: 'secret',
    domain: '192.0.2.2',
    ...phoneOptions,
  })
  const ring = () => {
    const events: InviteEvent[] = []
    const invite = endpoint.invite({
      uri: phone.contact.slice(1, -1),
      to: { transport, address: '192.0.2.3', port: 5060 },
      from: { displayName: 'Alice', uri: 'sip:alice@192.0.2.2', params: new Map() },
      body: sdp('c=IN IP4 192.0.2.2\nm=audio 4444 RTP/AVP 0'),
    })
    invite.onEvent = (event) => void events.push(event)
    return { invite, events }
  }
  const kinds = (events: InviteEvent[]) => events.map(({ kind }) => kind)
  return { clock, network, endpoint, phone, requests, invites, ring, kinds }
}

describe.each(['udp', 'tcp'] as const)('a scripted phone over %s', (transport) => {
  it('registers with digest (RFC 3261 §22)', async () => {
    const { clock, phone, requests } = setUp({ transport })
    const registering = phone.register()
    await clock.advanceAsync(100)
    expect(statusOf(await registering)).toBe(200)
    expect(requests.map(({ request }) => request.headers.first('CSeq'))).toEqual(['1 REGISTER', '2 REGISTER'])
    expect(requests[1]?.request.headers.first('Authorization')).toMatch(
      /username="kitchen".*algorithm=SHA-256/,
    )
  })

  it('rings, answers, holds and is hung up on', () => {
    const { clock, phone, ring, kinds } = setUp({ transport, onCall: answers(1000) })
    const { invite, events } = ring()
    clock.advance(500)
    expect(kinds(events)).toEqual(['progress'])
    clock.advance(1000)
    expect(kinds(events)).toEqual(['progress', 'confirmed'])
    const [call] = phone.calls
    expect(call?.acknowledged).toBe(true)
    expect(call?.media).toEqual({ host: '192.0.2.2', port: 4444 })
    void call?.reInvite('sendonly')
    clock.advance(100)
    expect(kinds(events)).toEqual(['progress', 'confirmed', 'renegotiate'])
    invite.hangUp()
    clock.advance(100)
    expect(call?.state).toBe('over')
    expect(call?.endedBy).toMatch(/^BYE /)
  })

  it('tells what a CANCEL said', () => {
    const { clock, phone, ring, kinds } = setUp({ transport, onCall: rings })
    const { invite, events } = ring()
    clock.advance(100)
    invite.hangUp([['Reason', 'SIP;cause=200;text="Call completed elsewhere"']])
    clock.advance(100)
    expect(kinds(events)).toEqual(['progress', 'ended'])
    expect(phone.calls[0]?.status).toBe(487)
    expect(headerOf(phone.calls[0]?.endedBy ?? '', 'Reason')).toContain('elsewhere')
  })

  it('refuses', () => {
    const { clock, ring } = setUp({ transport, onCall: refuses(486) })
    const { events } = ring()
    clock.advance(100)
    expect(events).toMatchObject([{ kind: 'ended', reason: 'rejected', status: 486 }])
  })

  it('calls, and hangs up', () => {
    const { clock, phone, invites, kinds } = setUp({ transport })
    const call = phone.call('sip:*1@192.0.2.2', { headers: ['X-Test: yes'] })
    clock.advance(100)
    expect(invites[0]?.invite.request.headers.first('X-Test')).toBe('yes')
    invites[0]?.invite.accept(sdp('c=IN IP4 192.0.2.2\nm=audio 4444 RTP/AVP 0'))
    clock.advance(100)
    expect(call.state).toBe('talking')
    expect(call.statuses).toEqual([100, 200])
    call.hangUp()
    clock.advance(100)
    expect(kinds(invites[0]?.events ?? [])).toEqual(['confirmed', 'ended'])
  })

  it('cancels a call of its own', () => {
    const { clock, phone, invites } = setUp({ transport })
    const call = phone.call('sip:*1@192.0.2.2')
    clock.advance(100)
    invites[0]?.invite.ring()
    clock.advance(100)
    expect(call.state).toBe('ringing')
    call.hangUp()
    clock.advance(100)
    expect(call.state).toBe('over')
    expect(call.status).toBe(487)
  })

  it('subscribes, refreshes, and ends it (RFC 6665 §4.1)', async () => {
    const { clock, phone, endpoint } = setUp({ transport })
    const { final, notifies, refresh } = phone.subscribe('sip:kitchen@192.0.2.2', 'message-summary')
    await clock.advanceAsync(100)
    expect(statusOf(await final)).toBe(200)
    void refresh(200)
    clock.advance(100)
    void refresh(0)
    clock.advance(100)
    const states = notifies.map((text) => headerOf(text, 'Subscription-State'))
    expect(states).toEqual(['active;expires=300', 'active;expires=200', 'terminated;reason=timeout'])
    expect(bodyOf(notifies[0] ?? '')).toBe('lamp')
    expect(phone.notifies).toEqual(notifies)
    clock.advance(40_000)
    expect(endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
  })

  it('is silent when it is told nothing, and when it is switched off', () => {
    const { clock, phone, ring } = setUp({ transport })
    const first = ring()
    clock.advance(5000)
    expect(first.events).toEqual([])
    phone.switchOff()
    clock.advance(40_000)
    expect(first.events).toMatchObject([{ kind: 'ended', reason: 'transport-failed' }])
  })
})

it('gets through a network that loses every third datagram, and leaves no timer', async () => {
  const { clock, phone, ring, endpoint } = setUp({ loss: 0.33, onCall: answers(100) })
  const registering = phone.register()
  const { events } = ring()
  await clock.advanceAsync(32_000)
  expect(statusOf(await registering)).toBe(200)
  expect(events.map(({ kind }) => kind)).toContain('confirmed')
  phone.calls[0]?.hangUp()
  await clock.advanceAsync(100_000)
  expect(events.at(-1)?.kind).toBe('ended')
  await endpoint.close()
  await phone[Symbol.asyncDispose]()
  expect(clock.pending).toBe(0)
})
