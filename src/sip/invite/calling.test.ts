import { describe, expect, it } from 'vitest'
import { endpointPair, sdp } from '../../../test/helpers/endpoint-pair.ts'
import { rawPeer } from '../../../test/helpers/raw-peer.ts'
import { digestResponse, hashCredentials } from '../auth/digest.ts'
import type { InviteOptions } from '../endpoint.ts'

const FIRST = '192.0.2.9'
const SECOND = '192.0.2.10'
const CONTACT = `Contact: <sip:bob@${FIRST};line=1>`
const CHALLENGE = 'Proxy-Authenticate: Digest realm="provider", nonce="n1", qop="auth"'

/** Alice calls through servers that answer by hand. */
function callThrough(change: Partial<InviteOptions> = {}) {
  const pair = endpointPair()
  const at = (address: string) => rawPeer(pair.network, { address, to: { address: '192.0.2.1', port: 5060 } })
  const servers = [at(FIRST), at(SECOND)] as const
  const call = pair.call({
    uri: 'sip:0301234@provider',
    to: { transport: 'udp', address: FIRST, port: 5060 },
    ...change,
  })
  pair.clock.advance(10)
  const respond = (
    status: string,
    tag: string,
    headers: readonly string[] = [],
    { body = '', server = 0 as 0 | 1, invite = -1 } = {},
  ) => {
    const heard = servers[server].requests('INVITE').at(invite)
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${heard?.headers.first(name)}`)
    const type = body === '' ? [] : ['Content-Type: application/sdp']
    const lines = [...copied, `To: <sip:0301234@provider>;tag=${tag}`, ...type, ...headers]
    servers[server].send(`SIP/2.0 ${status}\n${lines.join('\n')}\n\n${body}`)
    pair.clock.advance(10)
  }
  /** A request of theirs in the early dialog with this tag. */
  const ask = (method: string, tag: string, cseq: number, body = '') => {
    const heard = servers[0].requests('INVITE')[0]
    const type = body === '' ? [] : ['Content-Type: application/sdp']
    const lines = [
      `${method} sip:alice@192.0.2.1 SIP/2.0`,
      `Via: SIP/2.0/UDP ${FIRST};branch=z9hG4bK${method}${tag}${cseq}`,
      `From: <sip:0301234@provider>;tag=${tag}`,
      `To: ${heard?.headers.first('From')}`,
      `Call-ID: ${heard?.headers.first('Call-ID')}`,
      `CSeq: ${cseq} ${method}`,
      'Max-Forwards: 70',
      CONTACT,
      ...type,
    ]
    servers[0].send(`${lines.join('\n')}\n\n${body}`)
    pair.clock.advance(10)
  }
  return { ...pair, servers, server: servers[0], call, respond, ask }
}

const credentials = { user: 'alice', password: 'geheim' }
const reliable = (rseq: number) => [CONTACT, 'Require: 100rel', `RSeq: ${rseq}`]

describe('an INVITE that is challenged (RFC 3261 §22.2, §22.3)', () => {
  it('is acknowledged, and sent again with the answer: the same call, the next CSeq, another branch', () => {
    const { server, call, respond } = callThrough({ credentials })
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    const [first, second] = server.requests('INVITE')
    expect(server.requests('ACK').map(({ headers }) => headers.first('CSeq'))).toEqual(['1 ACK'])
    expect(second?.headers.first('CSeq')).toBe('2 INVITE')
    for (const name of ['Call-ID', 'From', 'To', 'Contact'])
      expect(second?.headers.first(name)).toBe(first?.headers.first(name))
    expect(second?.headers.first('Via')).not.toBe(first?.headers.first('Via'))
    expect(second?.body.toString()).toBe('alice')
    const proof = second?.headers.first('Proxy-Authorization') ?? ''
    const param = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(proof)?.[1] ?? ''
    expect(param('response')).toBe(
      digestResponse({
        algorithm: 'MD5',
        credential: hashCredentials('alice', 'provider', 'geheim').MD5,
        nonce: 'n1',
        method: 'INVITE',
        uri: 'sip:0301234@provider',
        protection: { qop: 'auth', nc: '00000001', cnonce: param('cnonce') },
      }),
    )
    respond('200 OK', 'bob', [CONTACT], { body: 'bob' })
    // §13.2.2.4: the ACK has the credentials of its INVITE.
    expect(server.requests('ACK').at(-1)?.headers.first('CSeq')).toBe('2 ACK')
    expect(server.requests('ACK').at(-1)?.headers.first('Proxy-Authorization')).toBe(proof)
    expect(call.events.at(-1)).toEqual({ kind: 'confirmed', body: sdp('bob') })
    call.invite.hangUp()
  })

  it('answers the registrar behind the proxy as well, and a nonce that is stale, but no refusal', () => {
    const { server, call, respond } = callThrough({ credentials })
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    respond('401 Unauthorized', 'core', ['WWW-Authenticate: Digest realm="core", nonce="n2"'])
    const third = server.requests('INVITE').at(-1)
    expect(third?.headers.first('CSeq')).toBe('3 INVITE')
    expect(third?.headers.first('Proxy-Authorization')).toContain('nonce="n1"')
    expect(third?.headers.first('Authorization')).toContain('nonce="n2"')
    respond('401 Unauthorized', 'core', ['WWW-Authenticate: Digest realm="core", nonce="n3", stale=true'])
    expect(server.requests('INVITE').at(-1)?.headers.first('Authorization')).toContain('nonce="n3"')
    respond('401 Unauthorized', 'core', ['WWW-Authenticate: Digest realm="core", nonce="n4"'])
    expect(server.requests('INVITE')).toHaveLength(4)
    expect(call.events).toEqual([{ kind: 'ended', reason: 'rejected', status: 401 }])
  })

  it('is let go when we hung up in between: no second INVITE leaves', () => {
    const { server, call, respond, alice, settle } = callThrough({ credentials })
    call.invite.hangUp()
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    expect(server.requests('INVITE')).toHaveLength(1)
    expect(server.requests('ACK')).toHaveLength(1)
    expect(call.events).toEqual([{ kind: 'ended', reason: 'cancelled', status: 407 }])
    settle()
    expect(alice.size).toEqual({ dialogs: 0, transactions: 0 })
  })

  it('is cancelled by the branch and CSeq of the second INVITE (§9.1)', () => {
    const { server, call, respond } = callThrough({ credentials })
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    respond('180 Ringing', 'bob', [CONTACT])
    call.invite.hangUp()
    respond('180 Ringing', 'bob', [CONTACT])
    const [cancel] = server.requests('CANCEL')
    expect(cancel?.headers.first('CSeq')).toBe('2 CANCEL')
    expect(cancel?.headers.first('Via')).toBe(server.requests('INVITE').at(-1)?.headers.first('Via'))
  })

  /** Hangs up; the BYE is challenged. Returns what comes then. */
  const hangUp = ({ server, call, clock }: ReturnType<typeof callThrough>, challenge: string) => {
    call.invite.hangUp()
    clock.advance(10)
    const [bye] = server.requests('BYE')
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((n) => `${n}: ${bye?.headers.first(n)}`)
    server.send(`SIP/2.0 407 No\n${copied.join('\n')}\n${challenge}\n\n`)
    clock.advance(10)
    return server.requests('BYE')[1]
  }

  it('proves itself within the dialog as well, to who has asked for the INVITE', () => {
    const scene = callThrough({ credentials })
    scene.respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    scene.respond('200 OK', 'bob', [CONTACT], { body: 'bob' })
    const again = hangUp(scene, CHALLENGE.replace('n1', 'n2'))
    expect(again?.headers.first('CSeq')).toBe('4 BYE')
    expect(again?.headers.first('Proxy-Authorization')).toContain('nonce="n2"')
  })

  it.each([
    ['nobody has asked before', undefined],
    ['another realm has', CHALLENGE.replace('provider', 'elsewhere')],
  ])('tells whoever was called nothing to guess the password by: %s', (_what, before) => {
    const scene = callThrough({ credentials })
    if (before) scene.respond('407 Proxy Authentication Required', 'proxy', [before])
    scene.respond('200 OK', 'bob', [CONTACT], { body: 'bob' })
    expect(hangUp(scene, CHALLENGE)).toBeUndefined()
  })
})

describe('an INVITE with several servers (RFC 3263 §4.3)', () => {
  const alternatives = [{ transport: 'udp', address: SECOND, port: 5060 }] as const

  it('goes to the next after 503: the same call, with a login of its own', () => {
    const { servers, call, respond } = callThrough({ alternatives, credentials })
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE])
    respond('503 Service Unavailable', 'proxy')
    const [next] = servers[1].requests('INVITE')
    expect(next?.headers.first('CSeq')).toBe('3 INVITE')
    expect(next?.headers.first('Call-ID')).toBe(servers[0].requests('INVITE')[0]?.headers.first('Call-ID'))
    expect(next?.headers.has('Proxy-Authorization')).toBe(false)
    respond('407 Proxy Authentication Required', 'proxy', [CHALLENGE], { server: 1 })
    respond('503 Service Unavailable', 'proxy', [], { server: 1 })
    expect(call.events).toEqual([{ kind: 'ended', reason: 'rejected', status: 503 }])
  })

  it('goes to the next when one is silent, and takes whoever answers first, were it the silent one', () => {
    const { servers, call, clock, respond } = callThrough({ alternatives })
    clock.advance(5900)
    expect(servers[1].requests('INVITE')).toHaveLength(0)
    clock.advance(200)
    expect(servers[1].requests('INVITE')).toHaveLength(1)
    respond('180 Ringing', 'late')
    expect(servers[0].requests('CANCEL')).toHaveLength(1)
    expect(call.events).toEqual([])
    respond('200 OK', 'late', [CONTACT], { body: 'late' })
    expect(call.events).toEqual([{ kind: 'confirmed', body: sdp('late') }])
    respond('180 Ringing', 'bob', [CONTACT], { server: 1 })
    expect(servers[1].requests('CANCEL')).toHaveLength(1)
    respond('200 OK', 'bob', [`Contact: <sip:bob@${SECOND}>`], { body: 'bob', server: 1 })
    expect(servers[1].requests('BYE')).toHaveLength(1)
    expect(servers[0].requests('BYE')).toHaveLength(0)
  })

  it('stays with one that has said that it tries', () => {
    const { servers, clock, respond } = callThrough({ alternatives })
    respond('100 Trying', '')
    clock.advance(30_000)
    expect(servers[1].requests('INVITE')).toHaveLength(0)
  })

  it('is not called anywhere else once we hung up, and leaves nothing behind', () => {
    const { servers, call, alice, settle } = callThrough({ alternatives })
    call.invite.hangUp()
    settle()
    expect(servers[1].requests('INVITE')).toHaveLength(0)
    expect(call.events).toEqual([{ kind: 'ended', reason: 'cancelled', status: 408 }])
    expect(alice.size).toEqual({ dialogs: 0, transactions: 0 })
  })
})

describe('reliable provisional responses to an INVITE of ours (RFC 3262 §4)', () => {
  it('are asked for where they are wanted, and 199 with them (RFC 6228)', () => {
    const supported = (change: Partial<InviteOptions>) =>
      callThrough(change).server.requests('INVITE')[0]?.headers.first('Supported')
    expect(supported({ reliable: true })).toBe('100rel, timer, 199')
    expect(supported({})).toBe('timer')
  })

  it('are acknowledged once each, in their order, in the dialog that they make', () => {
    const { server, call, respond } = callThrough({ reliable: true })
    respond('183 Session Progress', 'bob', reliable(7), { body: 'early' })
    respond('183 Session Progress', 'bob', reliable(7), { body: 'early' })
    respond('180 Ringing', 'bob', reliable(9))
    respond('180 Ringing', 'bob', reliable(8))
    const pracks = server.requests('PRACK')
    expect(pracks.map(({ headers }) => headers.first('RAck'))).toEqual(['7 1 INVITE', '8 1 INVITE'])
    expect(pracks.map(({ headers }) => headers.first('CSeq'))).toEqual(['2 PRACK', '3 PRACK'])
    expect(pracks[0]?.uri).toBe(`sip:bob@${FIRST};line=1`)
    expect(pracks[0]?.headers.first('To')).toContain('tag=bob')
    expect(call.events).toEqual([
      { kind: 'progress', status: 183, dialog: 'bob', body: sdp('early') },
      { kind: 'progress', status: 180, dialog: 'bob' },
    ])
    // The answer has come reliably: the 200 need not repeat it (RFC 3261 §13.2.1). Its dialog counts on.
    respond('200 OK', 'bob', [CONTACT])
    expect(call.events.at(-1)).toEqual({ kind: 'confirmed', body: sdp('early') })
    expect(server.requests('ACK').at(-1)?.headers.first('CSeq')).toBe('1 ACK')
    call.invite.hangUp()
    respond('200 OK', 'bob', [CONTACT])
    expect(server.requests('BYE')[0]?.headers.first('CSeq')).toBe('4 BYE')
  })

  it('of several forks are numbered each on its own (RFC 3262 §4)', () => {
    const { server, respond } = callThrough({ reliable: true })
    respond('183 Session Progress', 'one', reliable(100), { body: 'one' })
    respond('183 Session Progress', 'two', reliable(5), { body: 'two' })
    respond('180 Ringing', 'one', reliable(101))
    expect(
      server.requests('PRACK').map(({ headers }) => [headers.first('To'), headers.first('RAck')].join(' ')),
    ).toEqual([
      '<sip:0301234@provider>;tag=one 100 1 INVITE',
      '<sip:0301234@provider>;tag=two 5 1 INVITE',
      '<sip:0301234@provider>;tag=one 101 1 INVITE',
    ])
    expect(server.requests('PRACK').map(({ headers }) => headers.first('CSeq'))).toEqual([
      '2 PRACK',
      '2 PRACK',
      '3 PRACK',
    ])
  })

  it('let the other side offer anew by UPDATE (RFC 3311 §5.2); before, and in another fork, it may not', () => {
    const { server, call, respond, ask } = callThrough({ reliable: true })
    const offers: string[] = []
    call.invite.onEvent = (event) => {
      if (event.kind !== 'renegotiate') return
      offers.push(event.body?.bytes.toString() ?? '')
      event.accept(sdp('our answer'))
    }
    respond('180 Ringing', 'one', [CONTACT])
    ask('UPDATE', 'one', 1, 'too early')
    respond('183 Session Progress', 'two', reliable(5), { body: 'two' })
    ask('UPDATE', 'two', 1, 'now')
    ask('UPDATE', 'two', 2)
    ask('UPDATE', 'three', 3, 'nobody')
    expect([1, 2].flatMap((cseq) => server.statuses(`${cseq} UPDATE`))).toEqual([491, 200, 200])
    expect(server.statuses('3 UPDATE')).toEqual([481])
    expect(offers).toEqual(['now'])
    expect(server.response('1 UPDATE', 200)?.body.toString()).toBe('our answer')
  })

  it('that a flood of forks sends are acknowledged for so many', () => {
    const { server, respond } = callThrough({ reliable: true })
    for (let fork = 0; fork < 30; fork++) respond('183 Session Progress', `f${fork}`, reliable(1))
    expect(server.requests('PRACK')).toHaveLength(16)
  })
})

it('asks to be called back over the connection that it goes by, where the registrar keeps that (RFC 5626 §4.3)', () => {
  const contact = (byFlow: boolean) =>
    callThrough({ byFlow }).server.requests('INVITE')[0]?.headers.first('Contact')
  expect(contact(true)).toBe('<sip:alice@192.0.2.1:5060;ob>')
  expect(contact(false)).toBe('<sip:alice@192.0.2.1:5060>')
})

it('tells why it was refused (RFC 3326)', () => {
  const { call, respond } = callThrough()
  respond('404 Not Found', 'bob', ['Reason: Q.850;cause=1;text="Unallocated number"'])
  expect(call.events).toEqual([
    { kind: 'ended', reason: 'rejected', status: 404, causes: ['Q.850;cause=1;text="Unallocated number"'] },
  ])
})
