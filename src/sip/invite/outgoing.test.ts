import { describe, expect, it } from 'vitest'
import { type EndpointPairOptions, endpointPair, sdp } from '../../../test/helpers/endpoint-pair.ts'
import { rawPeer } from '../../../test/helpers/raw-peer.ts'
import { summary } from '../../../test/helpers/sip-pair.ts'
import type { InviteOptions } from '../endpoint.ts'

/** Alice calls a host that answers by hand. */
function callByHand(change: Partial<InviteOptions> = {}, options: EndpointPairOptions = {}) {
  const pair = endpointPair(options)
  const peer = rawPeer(pair.network, { address: '192.0.2.9', to: { address: '192.0.2.1', port: 5060 } })
  const call = pair.call({
    uri: 'sip:bob@192.0.2.9',
    to: { transport: 'udp', address: '192.0.2.9', port: 5060 },
    ...change,
  })
  pair.clock.advance(10)
  const respond = (status: string, tag: string, headers: readonly string[] = [], body = '') => {
    const invite = peer.requests('INVITE')[0]
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${invite?.headers.first(name)}`)
    const type = body === '' ? [] : ['Content-Type: application/sdp']
    const lines = [...copied, `To: <sip:bob@192.0.2.9>;tag=${tag}`, ...type, ...headers]
    peer.send(`SIP/2.0 ${status}\n${lines.join('\n')}\n\n${body}`)
    pair.clock.advance(10)
  }
  return { ...pair, peer, call, respond }
}

const CONTACT = 'Contact: <sip:bob@192.0.2.9;line=1>'

describe('an INVITE of ours', () => {
  it('has what RFC 3261 §8.1.1 and §13.2.1 want', () => {
    const { peer } = callByHand()
    const [invite] = peer.requests('INVITE')
    expect(invite?.uri).toBe('sip:bob@192.0.2.9')
    expect([...(invite?.headers ?? [])].map(([name]) => name)).toEqual([
      'Via',
      'Max-Forwards',
      'From',
      'To',
      'Call-ID',
      'CSeq',
      'Contact',
      'Allow',
      'Supported',
      'Content-Type',
      'Content-Length',
    ])
    expect(invite?.headers.first('Contact')).toBe('<sip:alice@192.0.2.1:5060>')
    expect(invite?.body.toString()).toBe('alice')
  })

  it('may be transferred by whoever answered it (RFC 3515 §2.4.2)', () => {
    const { peer, call, respond, clock } = callByHand({}, { alice: { methods: ['REFER'] } })
    respond('200 OK', 'bob', [CONTACT], 'bob')
    call.invite.onEvent = (event) => void (event.kind === 'refer' && event.accept().progress(200))
    const [invite] = peer.requests('INVITE')
    const lines = [
      'REFER sip:alice@192.0.2.1 SIP/2.0',
      'Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKrefer',
      'From: <sip:bob@192.0.2.9>;tag=bob',
      `To: ${invite?.headers.first('From')}`,
      `Call-ID: ${invite?.headers.first('Call-ID')}`,
      'CSeq: 7 REFER',
      CONTACT,
      'Refer-To: <sip:den@192.0.2.2>',
    ]
    peer.send(`${lines.join('\n')}\n\n`)
    clock.advance(10)
    const [notify] = peer.requests('NOTIFY')
    expect(peer.statuses('7 REFER')).toEqual([202])
    expect(notify?.uri).toBe('sip:bob@192.0.2.9;line=1')
    expect(notify?.headers.first('CSeq')).toBe('2 NOTIFY')
    expect(notify?.body.toString()).toBe('SIP/2.0 100 Trying\r\n')
  })

  it('visits its routes in order, and so do its CANCEL and the ACK of a refusal (RFC 3261 §9.1, §17.1.1.3; RFC 3327 §5.4)', () => {
    const routes = ['<sip:192.0.2.9;lr>', '<sip:edge@192.0.2.8:5070;lr;ob>']
    const { peer, call, respond } = callByHand({
      uri: 'sip:desk@10.0.0.7:5062;transport=udp',
      toUri: 'sip:kitchen@house.example',
      routes,
    })
    respond('180 Ringing', 'bob')
    call.invite.hangUp()
    respond('487 Request Terminated', 'bob')
    for (const method of ['INVITE', 'CANCEL', 'ACK']) {
      const [request] = peer.requests(method)
      expect(request?.uri).toBe('sip:desk@10.0.0.7:5062;transport=udp')
      expect(request?.headers.all('Route')).toEqual(routes)
    }
    for (const method of ['INVITE', 'CANCEL'])
      expect(peer.requests(method)[0]?.headers.first('To')).toBe('<sip:kitchen@house.example>')
  })

  it('takes a strict router as its Request-URI (RFC 3261 §12.2.1.1)', () => {
    const { peer } = callByHand({ routes: ['<sip:192.0.2.9>'] })
    const [invite] = peer.requests('INVITE')
    expect(invite?.uri).toBe('sip:192.0.2.9')
    expect(invite?.headers.all('Route')).toEqual(['<sip:bob@192.0.2.9>'])
    expect(invite?.headers.first('To')).toBe('<sip:bob@192.0.2.9>')
  })

  it('names the extensions of its endpoint, but not 100rel (RFC 3261 §13.2.1, RFC 3891 §6.2)', () => {
    const supported = (options: EndpointPairOptions) =>
      callByHand({}, options).peer.requests('INVITE')[0]?.headers.first('Supported')
    expect(supported({})).toBe('timer')
    expect(supported({ alice: { extensions: ['replaces', 'join'] } })).toBe('timer, replaces, join')
  })

  it('is acknowledged along the route set, again for each 200 that comes again (RFC 3261 §13.2.2.4)', () => {
    const { peer, call, respond } = callByHand()
    const headers = [CONTACT, 'Record-Route: <sip:192.0.2.7;lr>', 'Record-Route: <sip:192.0.2.9;lr>']
    respond('180 Ringing', 'bob')
    respond('200 OK', 'bob', headers, 'bob')
    respond('200 OK', 'bob', headers, 'bob')
    const acks = peer.requests('ACK')
    expect(acks).toHaveLength(2)
    expect(acks[0]?.uri).toBe('sip:bob@192.0.2.9;line=1')
    expect(acks[0]?.headers.all('Route')).toEqual(['<sip:192.0.2.9;lr>', '<sip:192.0.2.7;lr>'])
    expect(acks[0]?.headers.first('CSeq')).toBe('1 ACK')
    expect(call.events).toEqual([
      { kind: 'progress', status: 180, dialog: 'bob' },
      { kind: 'confirmed', body: sdp('bob') },
    ])
  })

  it('that a second fork answers hangs up on that one (RFC 3261 §13.2.2.4)', () => {
    const { peer, call, respond } = callByHand()
    respond('200 OK', 'one', [CONTACT], 'one')
    respond('200 OK', 'two', [CONTACT], 'two')
    expect(peer.requests('ACK').map(({ headers }) => headers.first('To'))).toEqual([
      '<sip:bob@192.0.2.9>;tag=one',
      '<sip:bob@192.0.2.9>;tag=two',
    ])
    expect(peer.requests('BYE').map(({ headers }) => headers.first('To'))).toEqual([
      '<sip:bob@192.0.2.9>;tag=two',
    ])
    expect(call.events).toEqual([{ kind: 'confirmed', body: sdp('one') }])
  })

  it('that is refused ends with that status', () => {
    const { peer, call, respond, clock, settle, alice } = callByHand()
    respond('486 Busy Here', 'bob')
    expect(peer.requests('ACK')).toHaveLength(1)
    expect(call.events).toEqual([{ kind: 'ended', reason: 'rejected', status: 486 }])
    settle()
    expect(alice.size).toEqual({ dialogs: 0, transactions: 0 })
    expect(clock.pending).toBe(0)
  })

  it('that nobody answers ends as if 408 had come (RFC 3261 §8.1.3.1)', () => {
    const { call, settle } = callByHand()
    settle()
    expect(call.events).toEqual([{ kind: 'ended', reason: 'transport-failed', status: 408 }])
  })

  it('that we hang up on while it rings is cancelled (RFC 3261 §9.1)', () => {
    const { peer, call, respond } = callByHand()
    respond('180 Ringing', 'bob')
    call.invite.hangUp()
    respond('487 Request Terminated', 'bob')
    expect(peer.requests('CANCEL')).toHaveLength(1)
    expect(call.events.at(-1)).toEqual({ kind: 'ended', reason: 'cancelled', status: 487 })
  })

  it('whose 200 crosses our CANCEL is acknowledged and ended by BYE (RFC 3261 §9.1)', () => {
    const { peer, call, respond } = callByHand()
    respond('180 Ringing', 'bob')
    call.invite.hangUp()
    respond('200 OK', 'bob', [CONTACT], 'bob')
    expect(peer.requests('ACK')).toHaveLength(1)
    expect(peer.requests('BYE')).toHaveLength(1)
    expect(call.events.at(-1)).toEqual({ kind: 'ended', reason: 'local-bye' })
  })

  it('that is withdrawn is cancelled, and a 200 that crosses the CANCEL makes a call (RFC 3261 §9.1)', () => {
    const { peer, call, respond } = callByHand()
    respond('180 Ringing', 'bob')
    call.invite.withdraw([['Reason', 'SIP;cause=200']])
    respond('200 OK', 'bob', [CONTACT], 'bob')
    expect(peer.requests('CANCEL')[0]?.headers.first('Reason')).toBe('SIP;cause=200')
    expect(peer.requests('ACK')).toHaveLength(1)
    expect(call.events.at(-1)).toEqual({ kind: 'confirmed', body: sdp('bob') })
    call.invite.withdraw()
    expect(peer.requests('BYE')).toHaveLength(0)
  })

  it('that is hung up on after it was withdrawn ends all the same (RFC 3261 §9.1)', () => {
    const { peer, call, respond } = callByHand()
    respond('180 Ringing', 'bob')
    call.invite.withdraw()
    call.invite.hangUp()
    respond('200 OK', 'bob', [CONTACT], 'bob')
    expect(peer.requests('CANCEL')).toHaveLength(1)
    expect(call.events.at(-1)).toEqual({ kind: 'ended', reason: 'local-bye' })
  })
})

describe('a call of ours', () => {
  it('sends INFO within its dialog (RFC 6086)', () => {
    const pair = endpointPair({ onInvite: (invite) => invite.accept(sdp('machine')) })
    const call = pair.call()
    pair.clock.advance(10)
    call.invite.info({ contentType: 'application/dtmf-relay', bytes: Buffer.from('Signal=1') })
    pair.clock.advance(10)
    expect(pair.calls[0]?.events.at(-1)).toMatchObject({ kind: 'info' })
    expect(call.invite.dialogId).toMatchObject({
      remoteTag: pair.calls[0]?.invite.dialogId.localTag,
      localTag: pair.calls[0]?.invite.dialogId.remoteTag,
    })
    expect(summary(pair.network).slice(-2)).toEqual(['INFO', '200 INFO'])
  })

  it('takes the ACK of a re-INVITE of theirs (RFC 3261 §14.2)', () => {
    const { peer, call, respond, clock } = callByHand()
    respond('200 OK', 'bob', [CONTACT], 'bob')
    call.invite.onEvent = (event) => {
      call.events.push(event)
      if (event.kind === 'renegotiate') event.accept(sdp('alice again'))
    }
    const [invite] = peer.requests('INVITE')
    const say = (method: string, body = '') => {
      const lines = [
        `${method} sip:alice@192.0.2.1 SIP/2.0`,
        `Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK${method}`,
        'From: <sip:bob@192.0.2.9>;tag=bob',
        `To: ${invite?.headers.first('From')}`,
        `Call-ID: ${invite?.headers.first('Call-ID')}`,
        `CSeq: 7 ${method}`,
        CONTACT,
        ...(body ? ['Content-Type: application/sdp'] : []),
      ]
      peer.send(`${lines.join('\n')}\n\n${body}`)
      clock.advance(10)
    }
    say('INVITE', 'hold')
    say('ACK')
    clock.advance(60_000)
    expect(peer.statuses('7 INVITE')).toEqual([100, 200])
    expect(call.events.map(({ kind }) => kind)).toEqual(['confirmed', 'renegotiate'])
  })

  it('is refreshed with the offer that it began with, where they know no UPDATE (RFC 4028 §7.4)', () => {
    const { peer, respond, clock } = callByHand()
    const terms = ['Require: timer', 'Session-Expires: 100;refresher=uac', 'Allow: INVITE, ACK, BYE']
    respond('200 OK', 'bob', [CONTACT, ...terms], 'bob')
    clock.advance(50_000)
    expect(peer.requests('INVITE').at(-1)?.headers.first('CSeq')).toBe('2 INVITE')
    expect(peer.requests('INVITE').at(-1)?.body.toString()).toBe('alice')
  })

  it('ends on both sides when the endpoint closes', async () => {
    const pair = endpointPair({ onInvite: (invite) => invite.accept(sdp('machine')) })
    const call = pair.call()
    pair.clock.advance(10)
    await pair.alice.close()
    await pair.machine.close()
    expect(call.events.at(-1)).toEqual({ kind: 'ended', reason: 'transport-failed' })
    expect(pair.calls[0]?.events.at(-1)).toEqual({ kind: 'ended', reason: 'transport-failed' })
    expect(pair.machine.size).toEqual({ dialogs: 0, transactions: 0 })
  })
})
