import { describe, expect, it } from 'vitest'
import { endpointPair } from '../../../test/helpers/endpoint-pair.ts'
import { rawPeer } from '../../../test/helpers/raw-peer.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { answerChallenge } from '../auth/answer-challenge.ts'
import { createAuthenticator } from '../auth/authenticator.ts'
import { hashCredentials } from '../auth/digest.ts'
import type { RequestOptions } from '../endpoint.ts'
import { buildResponse } from '../message/build.ts'
import { callIdOf, cseqOf, fromOf, tagOf } from '../message/read.ts'

const BOB = { transport: 'udp', address: '192.0.2.9', port: 5060 } as const
const FROM = { displayName: 'Mailbox', uri: 'sip:home@192.0.2.1', params: new Map() }

/** Alice sends a request to a host that answers by hand. */
function send(change: Partial<RequestOptions> = {}) {
  const pair = endpointPair({ alice: { product: 'Answerphone' } })
  const peer = rawPeer(pair.network, { address: BOB.address, to: { address: '192.0.2.1', port: 5060 } })
  const told: string[] = []
  const options = { method: 'NOTIFY', uri: 'sip:bob@192.0.2.9', to: BOB, from: FROM, ...change }
  pair.alice.request(options, {
    onProvisional: ({ status }) => told.push(`provisional ${status}`),
    onFinal: ({ status }) => told.push(`final ${status}`),
    onTimeout: () => told.push('timeout'),
    onFailed: () => told.push('failed'),
  })
  pair.clock.advance(10)
  const respond = (status: string) => {
    const request = peer.requests(options.method)[0]
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq']
    peer.send(
      `SIP/2.0 ${status}\n${copied.map((name) => `${name}: ${request?.headers.first(name)}`).join('\n')}\n\n`,
    )
    pair.clock.advance(10)
  }
  return { ...pair, peer, told, respond, sent: peer.requests(options.method)[0] }
}

describe('a request outside of dialogs', () => {
  it('has what RFC 3261 §8.1.1 wants, and what it is given', () => {
    const { sent } = send({
      headers: [['Event', 'message-summary']],
      body: { contentType: 'application/simple-message-summary', bytes: Buffer.from('Messages-Waiting: no') },
    })
    expect([...(sent?.headers ?? [])].map(([name]) => name)).toEqual([
      'Via',
      'Max-Forwards',
      'From',
      'To',
      'Call-ID',
      'CSeq',
      'Event',
      'Contact',
      'User-Agent',
      'Content-Type',
      'Content-Length',
    ])
    expect(sent?.headers.first('From')).toMatch(/^"Mailbox" <sip:home@192.0.2.1>;tag=[0-9a-f]{16}$/)
    expect(sent?.headers.first('To')).toBe('<sip:bob@192.0.2.9>')
    expect(sent?.headers.first('CSeq')).toBe('1 NOTIFY')
    expect(sent?.headers.first('Contact')).toBe('<sip:home@192.0.2.1:5060>')
    expect(sent?.body.toString()).toBe('Messages-Waiting: no')
  })

  it('visits its routes, and names its own To and Contact (RFC 3261 §8.1.1.2, RFC 3327 §5.4)', () => {
    const { sent } = send({
      uri: 'sip:bob@10.0.0.9;ob',
      toUri: 'sip:bob@house.example',
      routes: ['<sip:192.0.2.9;lr>'],
      headers: [['Contact', '<sip:me@192.0.2.1>']],
    })
    expect(sent?.uri).toBe('sip:bob@10.0.0.9;ob')
    expect(sent?.headers.all('Route')).toEqual(['<sip:192.0.2.9;lr>'])
    expect(sent?.headers.first('To')).toBe('<sip:bob@house.example>')
    expect(sent?.headers.all('Contact')).toEqual(['<sip:me@192.0.2.1>'])
  })

  it('ends once: with a final response, after silence, or where nothing can be sent (RFC 3261 §8.1.3.1)', () => {
    const answered = send()
    answered.respond('100 Trying')
    answered.respond('481 Gone')
    answered.respond('200 OK')
    answered.settle()
    expect(answered.told).toEqual(['provisional 100', 'final 481'])
    const unanswered = send()
    unanswered.settle()
    expect(unanswered.told).toEqual(['timeout'])
    const unsendable = send({ to: { ...BOB, transport: 'tcp' } })
    unsendable.settle()
    expect(unsendable.told).toEqual(['failed'])
    for (const { alice, clock } of [answered, unanswered, unsendable]) {
      expect(alice.size).toEqual({ dialogs: 0, transactions: 0 })
      expect(clock.pending).toBe(0)
    }
  })

  it('is sent again with credentials, in the same call and with the next number (RFC 3261 §22.2)', () => {
    const pair = endpointPair({
      guard(transaction) {
        const verdict = gate.judge(transaction.request)
        verdicts.push([
          verdict.kind,
          cseqOf(transaction.request)?.number,
          callIdOf(transaction.request),
          tagOf(fromOf(transaction.request)),
        ])
        const [status, headers] =
          verdict.kind === 'right'
            ? ([200, []] as const)
            : ([401, gate.challenge(transaction.request, false)] as const)
        transaction.respond(buildResponse(transaction.request, status, { toTag: 'gate', headers }))
        return false
      },
    })
    const gate = createAuthenticator({
      realm: 'house',
      clock: pair.clock,
      random: seededRandom(9),
      credentialsOf: () => hashCredentials('home', 'house', 'soup'),
    })
    const verdicts: unknown[] = []
    const statuses: number[] = []
    const register = (cseq: number, headers: readonly (readonly [string, string])[] = []) =>
      pair.alice.request(
        {
          method: 'REGISTER',
          uri: 'sip:192.0.2.2',
          to: { transport: 'udp', address: '192.0.2.2', port: 5060 },
          from: { ...FROM, params: new Map([['tag', 'mine']]) },
          callId: 'one-call',
          cseq,
          headers,
        },
        {
          onFinal(response) {
            statuses.push(response.status)
            const authorization = answerChallenge({
              challenges: response.headers.all('WWW-Authenticate'),
              method: 'REGISTER',
              uri: 'sip:192.0.2.2',
              user: 'home',
              password: 'soup',
              cnonce: 'salt',
              nonceCount: 1,
            })
            if (response.status === 401 && authorization)
              register(cseq + 1, [['Authorization', authorization]])
          },
        },
      )
    register(1)
    pair.clock.advance(20)
    expect(statuses).toEqual([401, 200])
    expect(verdicts).toEqual([
      ['none', 1, 'one-call', 'mine'],
      ['right', 2, 'one-call', 'mine'],
    ])
  })
})
