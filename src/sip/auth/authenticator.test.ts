import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { buildRequest } from '../message/build.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'
import type { Source } from '../transport/transport.ts'
import { answerChallenge, type ChallengeAnswer } from './answer-challenge.ts'
import { type AuthenticatorOptions, createAuthenticator } from './authenticator.ts'
import { hashCredentials } from './digest.ts'

const REALM = 'answerphone'
const HOUSE: Source = {
  transport: 'udp',
  address: '192.0.2.1',
  port: 5060,
  local: { address: '192.0.2.2', port: 5060 },
}
const URI = 'sip:answerphone.example'

type RequestChange = { readonly method?: string; readonly uri?: string; readonly source?: Source }

function gate(change: Partial<AuthenticatorOptions> = {}) {
  const clock = fakeClock()
  const users = new Map([['kitchen', hashCredentials('kitchen', REALM, 'soup')]])
  const authenticator = createAuthenticator({
    realm: REALM,
    clock,
    random: seededRandom(5),
    credentialsOf: (user) => users.get(user),
    ...change,
  })
  /** A request as it comes from HOUSE. */
  const requestOf = (headers: readonly (readonly [string, string])[] = [], change: RequestChange = {}) => {
    const { method = 'REGISTER', uri = URI, source = HOUSE } = change
    return { ...buildRequest({ method, uri, headers }), source } satisfies ReceivedRequest
  }
  const challenges = (stale = false, headers: readonly (readonly [string, string])[] = []) =>
    authenticator.challenge(requestOf(headers), stale).map(([, value]) => value)
  /** What a phone says to these challenges. */
  const answer = (values: readonly string[], change: Partial<ChallengeAnswer> = {}) =>
    answerChallenge({
      challenges: values,
      method: 'REGISTER',
      uri: URI,
      user: 'kitchen',
      password: 'soup',
      cnonce: 'salt',
      nonceCount: 1,
      ...change,
    }) ?? ''
  const judge = (authorization: string | readonly string[], change: RequestChange = {}) => {
    const headers = [authorization].flat().map((value) => ['Authorization', value] as const)
    return authenticator.judge(requestOf(headers, change))
  }
  return { clock, authenticator, challenges, answer, judge }
}

const RIGHT = { kind: 'right', user: 'kitchen' }
const WRONG = { kind: 'wrong', user: 'kitchen' }
const STALE = { kind: 'stale', user: 'kitchen' }

describe('a challenge', () => {
  it('is offered by SHA-256 and by MD5, the better first (RFC 8760 §2.3)', () => {
    expect(
      gate()
        .challenges()
        .map((value) => value.replace(/nonce="[\w-]{38}"/, 'nonce=…')),
    ).toEqual([
      'Digest realm="answerphone", nonce=…, algorithm=SHA-256, qop="auth"',
      'Digest realm="answerphone", nonce=…, algorithm=MD5, qop="auth"',
    ])
  })

  it('says when the nonce alone was at fault (RFC 7616 §3.3)', () => {
    for (const value of gate().challenges(true)) expect(value).toMatch(/, stale=true$/)
  })
})

describe('a phone that can not read several challenges', () => {
  const algorithmsIn = (values: readonly string[]) =>
    values.map((value) => /algorithm=([\w-]+)/.exec(value)?.[1])
  const BOTH = ['SHA-256', 'MD5']

  it('is asked by MD5 alone when it comes again without an answer', () => {
    const { clock, challenges, answer, judge } = gate()
    expect(algorithmsIn(challenges())).toEqual(BOTH)
    clock.advance(2999)
    expect(algorithmsIn(challenges())).toEqual(BOTH)
    clock.advance(1)
    const alone = challenges()
    expect(algorithmsIn(alone)).toEqual(['MD5'])
    expect(judge(answer(alone))).toEqual(RIGHT)
    clock.advance(60_000)
    expect(algorithmsIn(challenges())).toEqual(['MD5'])
  })

  it('harms none that can: of another make, or that has answered', () => {
    const { clock, challenges, answer, judge } = gate()
    challenges()
    clock.advance(5000)
    expect(algorithmsIn(challenges(false, [['User-Agent', 'Other 2.0']]))).toEqual(BOTH)
    expect(judge(answer(challenges(false, [['User-Agent', 'Other 2.0']])))).toEqual(RIGHT)
    const able = gate()
    expect(able.judge(able.answer(able.challenges()))).toEqual(RIGHT)
    able.clock.advance(5000)
    expect(algorithmsIn(able.challenges())).toEqual(BOTH)
  })

  it('is asked by MD5 again when it answered by MD5, after a restart too', () => {
    const { challenges, answer } = gate()
    const [sha, md5] = challenges()
    const authorization = (value = '') => [['Authorization', answer([value])] as const]
    expect(algorithmsIn(gate().challenges(true, authorization(md5)))).toEqual(['MD5'])
    expect(algorithmsIn(gate().challenges(true, authorization(sha)))).toEqual(BOTH)
  })

  it('and is known by name is asked by MD5 at once', () => {
    const named = (name: string) => algorithmsIn(gate().challenges(false, [['User-Agent', name]]))
    expect(named('baresip v1.0.0 (x86_64/linux)')).toEqual(['MD5'])
    expect(named('JsSIP 3.10.1')).toEqual(['MD5'])
    expect(named('SIP.js/0.21.2')).toEqual(['MD5'])
    expect(named('baresip v3.1.0 (x86_64/linux)')).toEqual(BOTH)
  })

  it('is told from at most a thousand others', () => {
    const { clock, challenges } = gate()
    for (let make = 0; make <= 1000; make++) challenges(false, [['User-Agent', `phone ${make}`]])
    clock.advance(5000)
    expect(algorithmsIn(challenges(false, [['User-Agent', 'phone 1']]))).toEqual(['MD5'])
    expect(algorithmsIn(challenges(false, [['User-Agent', 'phone 0']]))).toEqual(BOTH)
  })

  it('is asked by what there is when nothing else is offered', () => {
    const { clock, challenges } = gate({ algorithms: ['SHA-256'] })
    challenges()
    clock.advance(5000)
    expect(algorithmsIn(challenges(false, [['User-Agent', 'baresip v1.0.0']]))).toEqual(['SHA-256'])
  })
})

describe('a request', () => {
  it.each(['SHA-256', 'MD5'] as const)('by %s of who knows the password is right', (algorithm) => {
    const { challenges, answer, judge } = gate()
    const offered = challenges().filter((value) => value.includes(algorithm))
    expect(judge(answer(offered))).toEqual(RIGHT)
  })

  it('is right again with the next count, and stale with one that was used (RFC 7616 §3.4.5)', () => {
    const { challenges, answer, judge } = gate()
    const offered = challenges()
    expect(judge(answer(offered))).toEqual(RIGHT)
    expect(judge(answer(offered))).toEqual(STALE)
    expect(judge(answer(offered, { nonceCount: 2, method: 'INVITE' }), { method: 'INVITE' })).toEqual(RIGHT)
    expect(judge(answer(offered, { nonceCount: 2 }))).toEqual(STALE)
  })

  it('is stale after five minutes; a wrong password is wrong even then', () => {
    const { clock, challenges, answer, judge } = gate()
    const offered = challenges()
    clock.advance(300_001)
    expect(judge(answer(offered))).toEqual(STALE)
    expect(judge(answer(offered, { password: 'salad' }))).toEqual(WRONG)
  })

  it('is stale when its nonce was forgotten for others', () => {
    const { challenges, answer, judge } = gate({ mostUsed: 1 })
    const [first, second] = [challenges(), challenges()]
    expect(judge(answer(first))).toEqual(RIGHT)
    expect(judge(answer(second))).toEqual(RIGHT)
    expect(judge(answer(first))).toEqual(STALE)
    expect(judge(answer(first, { nonceCount: 2 }))).toEqual(STALE)
  })

  it('with a nonce for another address, or made up, is foreign, whatever the password', () => {
    const { challenges, answer, judge } = gate()
    const elsewhere = { ...HOUSE, address: '198.51.100.1' }
    for (const password of ['soup', 'salad']) {
      expect(judge(answer(challenges(), { password }), { source: elsewhere })).toEqual({ kind: 'foreign' })
      const forged = ['Digest realm="answerphone", nonce="made-up", qop="auth"']
      expect(judge(answer(forged, { password }))).toEqual({ kind: 'foreign' })
    }
    // A port is not an address: behind a NAT it changes.
    expect(judge(answer(challenges()), { source: { ...HOUSE, port: 9 } })).toEqual(RIGHT)
  })

  it('without Authorization for our realm that can be read is none', () => {
    const { challenges, answer, judge } = gate()
    const other = answer(challenges().map((value) => value.replace(REALM, 'elsewhere')))
    for (const values of [[], [other], ['Basic a3VjaGVu'], ['Digest realm="answer'], ['']])
      expect(judge(values)).toEqual({ kind: 'none' })
    expect(judge([other, answer(challenges())])).toEqual(RIGHT)
  })

  it('is worth one guess, however many it makes', () => {
    const { challenges, answer, judge } = gate()
    const guesses = ['salad', 'bread', 'soup'].map((password) => answer(challenges(), { password }))
    expect(judge(guesses)).toEqual(WRONG)
  })

  it('is wrong for a user who does not exist, as for a wrong password', () => {
    const { challenges, answer, judge } = gate()
    expect(judge(answer(challenges(), { password: 'salad' }))).toEqual(WRONG)
    expect(judge(answer(challenges(), { user: 'attic' }))).toEqual({ kind: 'wrong', user: 'attic' })
    expect(judge(answer(challenges(), { user: '', password: '' }))).toEqual({ kind: 'wrong', user: '' })
  })

  it('is wrong when it is turned to another method or to somebody else (RFC 7616 §3.4.6)', () => {
    const { challenges, answer, judge } = gate()
    const signed = () => answer(challenges(), { method: 'INVITE', uri: 'sip:stove@192.0.2.2' })
    expect(judge(signed(), { method: 'BYE', uri: 'sip:stove@192.0.2.2' })).toEqual(WRONG)
    expect(judge(signed(), { method: 'INVITE', uri: 'sip:premium@192.0.2.2' })).toEqual(WRONG)
    expect(judge(signed(), { method: 'INVITE', uri: 'tel:+4930' })).toEqual(WRONG)
    // Hosts, ports and parameters are rewritten on the way.
    expect(judge(signed(), { method: 'INVITE', uri: 'sip:stove@10.0.0.1:5070;transport=udp' })).toEqual(RIGHT)
  })

  it.each([
    ['without qop, after RFC 2069', (header: string) => header.replace(', qop=auth', '')],
    ['with auth-int', (header: string) => header.replace('qop=auth', 'qop=auth-int')],
    ['with an algorithm that was not offered', (header: string) => header.replace('SHA-256', 'SHA-512')],
    ['with a count that is none', (header: string) => header.replace('nc=00000001', 'nc=000000001')],
    ['without a count', (header: string) => header.replace(', nc=00000001', '')],
    ['without a response', (header: string) => header.replace(/response="[0-9a-f]*", /, '')],
    ['with a shorter response', (header: string) => header.replace(/response="../, 'response="')],
  ])('%s is wrong', (_what, change) => {
    const { challenges, answer, judge } = gate()
    const header = answer(challenges())
    expect(change(header)).not.toBe(header)
    expect(judge(change(header))).toEqual(WRONG)
  })

  it('is wrong by an algorithm that is not offered, however right', () => {
    const { challenges, answer, judge } = gate({ algorithms: ['MD5'] })
    expect(challenges()).toHaveLength(1)
    expect(judge(answer(challenges()))).toEqual(RIGHT)
    const offered = challenges().map((value) => value.replace('MD5', 'SHA-256'))
    expect(judge(answer(offered))).toEqual(WRONG)
  })

  it('may be in capitals and quote what need not be quoted, as some phones have it', () => {
    const { challenges, answer, judge } = gate()
    const header = answer(challenges())
      .replace(/response="(\w+)"/, (_, hex: string) => `response="${hex.toUpperCase()}"`)
      .replace('qop=auth', 'qop="auth"')
      .replace('algorithm=SHA-256', 'ALGORITHM="sha-256"')
    expect(judge(header)).toEqual(RIGHT)
  })
})

it('takes any name, password and realm that a client of ours answers for', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/[\r\n]/.test(value))
  fc.assert(
    fc.property(text, text, text, fc.constantFrom('SHA-256', 'MD5'), (user, password, realm, algorithm) => {
      const credentials = hashCredentials(user, realm, password)
      const { challenges, answer, judge } = gate({
        realm,
        credentialsOf: (name) => (name === user ? credentials : undefined),
      })
      const offered = challenges().filter((value) => value.includes(`algorithm=${algorithm}`))
      fc.pre(offered.length === 1)
      expect(judge(answer(offered, { user, password }))).toEqual({ kind: 'right', user })
      expect(judge(answer(offered, { user, password: `${password}x`, nonceCount: 2 }))).toEqual({
        kind: 'wrong',
        user,
      })
    }),
  )
})

it('never throws, whatever stands in the header', () => {
  const { judge, challenges, answer } = gate()
  const header = answer(challenges())
  fc.assert(
    fc.property(fc.nat(header.length), fc.nat(20), fc.string(), (at, cut, text) => {
      judge(`${header.slice(0, at)}${text}${header.slice(at + cut)}`)
    }),
  )
})
