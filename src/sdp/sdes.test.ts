import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import type { Flow as EngineFlow } from '../media/engine.ts'
import { answerOffer } from './answer-offer.ts'
import { parseDescription } from './description.ts'
import { isFromBrowser } from './dtls.ts'
import type { LocalSide } from './local-side.ts'
import { makeOffer } from './make-offer.ts'
import { openNegotiation } from './negotiation.ts'
import { readAnswer } from './read-answer.ts'
import type { SdesSide, SrtpUse } from './sdes.ts'

const sideOf = (use: SrtpUse, isPrivate = true, seed = 1): SdesSide => ({
  use,
  isPrivate,
  random: seededRandom(seed),
})
const oursBy = (sdes: SdesSide = sideOf('offered')): LocalSide => ({
  address: '192.0.2.10',
  port: 40_000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: 4711,
  version: 1,
  sdes,
})

/** 30 bytes, as the suites of RFC 3711 want them: RFC 4568's own example (§5.1.1). */
const KEY = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz'
const SHA1_80 = `AES_CM_128_HMAC_SHA1_80 inline:${KEY}|2^20|1:4`

function sdp(...lines: string[]): Buffer {
  const head = ['v=0', 'o=- 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0']
  return Buffer.from([...head, ...lines, ''].join('\r\n'))
}
const offerOf = (protocol: string, ...cryptos: string[]) =>
  sdp(`m=audio 49170 ${protocol} 0`, ...cryptos.map((line) => `a=crypto:${line}`))

function settle(offer: Buffer, side = oursBy()) {
  const answered = answerOffer(offer, side)
  if (!answered.ok) throw new Error(answered.why)
  const lines = answered.answer.toString().split('\r\n')
  return { ...answered, lines, cryptos: lines.filter((line) => line.startsWith('a=crypto')) }
}
const whyNot = (offer: Buffer, side = oursBy()) => {
  const answered = answerOffer(offer, side)
  return answered.ok ? 'it was taken' : answered.why
}

describe('an offer with keys', () => {
  test('RFC 4568 §5.1.2: is answered with its tag, its suite and a key of ours', () => {
    const { flow, lines, cryptos } = settle(offerOf('RTP/SAVP', `7 ${SHA1_80}`))
    expect(lines).toContain('m=audio 40000 RTP/SAVP 0')
    expect(cryptos).toEqual([
      expect.stringMatching(/^a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:[A-Za-z0-9+/]{40}$/),
    ])
    const { security } = flow
    if (security?.kind !== 'sdes') throw new Error('not secured')
    const bytes = Buffer.from(KEY, 'base64')
    expect(security.receive).toEqual({
      suite: 'AES_CM_128_HMAC_SHA1_80',
      key: bytes.subarray(0, 16),
      salt: bytes.subarray(16),
      mki: Buffer.from([0, 0, 0, 1]),
    })
    const ours = Buffer.concat([security.send.key, security.send.salt]).toString('base64')
    expect(cryptos[0]).toContain(`inline:${ours}`)
    expect(ours).not.toBe(KEY)
    const fits: EngineFlow = flow
    expect(fits.remote?.rtcpPort).toBe(49_171)
  })

  test.each([
    ['their favourite', [`1 AEAD_AES_128_GCM inline:${'A'.repeat(38)}==`, `2 ${SHA1_80}`], 1],
    ['their next where we do not know the first', [`1 F8_128_HMAC_SHA1_80 inline:${KEY}`, `2 ${SHA1_80}`], 2],
    [
      'no short tag where there is a long one',
      [`1 AES_CM_128_HMAC_SHA1_32 inline:${KEY}`, `2 ${SHA1_80}`],
      2,
    ],
    ['a short tag where there is nothing else', [`4 AES_CM_128_HMAC_SHA1_32 inline:${KEY}`], 4],
    ['256 bits, without padding', [`3 AEAD_AES_256_GCM inline:${'A'.repeat(59)}`], 3],
    ['a window size, which is a hint, and what may be ignored', [`5 ${SHA1_80} WSH=128 -EXT=1 KDR=0`], 5],
    ['a name in small letters', [`6 aes_cm_128_hmac_sha1_80 inline:${KEY}`], 6],
  ])('RFC 4568 §6, RFC 7714 §14.2: takes %s', (_, cryptos, tag) => {
    expect(settle(offerOf('RTP/SAVP', ...cryptos)).cryptos).toEqual([
      expect.stringContaining(`crypto:${tag} `),
    ])
  })

  test.each([
    ['UNENCRYPTED_SRTP'],
    ['UNENCRYPTED_SRTCP'],
    ['UNAUTHENTICATED_SRTP'],
    ['KDR=5'],
    ['FEC_ORDER=SRTP_FEC'],
    ['FEC_KEY=inline:x'],
    ['NEWS'],
    ['-EXT UNENCRYPTED_SRTP'],
  ])('RFC 4568 §6.3: refuses a line that wants %s', (parameters) => {
    const offer = offerOf('RTP/SAVP', `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY} ${parameters}`)
    expect(whyNot(offer)).toBe('no crypto suite in common')
    expect(
      settle(offerOf('RTP/AVP', `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY} ${parameters}`)).cryptos,
    ).toEqual([])
  })

  test.each([
    [''],
    [`inline:${KEY.slice(1)}`],
    [`inline:${KEY}AAAA`],
    [`inline:${KEY}|2^49`],
    [`inline:${KEY}|0`],
    [`inline:${KEY}|2^31|256:1`],
    [`inline:${KEY}|2^31|1:0`],
    [`inline:${KEY}|2^31|1:129`],
    [`inline:${KEY}|1:1;inline:${KEY}|2:1`],
    [`inline:${'*'.repeat(40)}`],
    [`uri:https://example.org/${KEY}`],
  ])('RFC 4568 §6.1: refuses a key that is none, or not one: %s', (keys) => {
    expect(whyNot(offerOf('RTP/SAVP', `1 AES_CM_128_HMAC_SHA1_80 ${keys}`))).toBe('no crypto suite in common')
  })

  test.each([
    [`inline:${KEY}`],
    [`inline:${KEY}|2^48`],
    [`inline:${KEY}|1048576`],
    [`inline:${KEY}|1:1`],
    [`inline:${KEY}|2^31|340282366920938463463374607431768211455:16`],
    [`INLINE:${KEY}`],
  ])('RFC 4568 §6.1: takes %s', (keys) => {
    expect(settle(offerOf('RTP/SAVP', `1 AES_CM_128_HMAC_SHA1_80 ${keys}`)).cryptos).toHaveLength(1)
  })

  test('RFC 4568 §4.1: of two lines with one tag the first counts', () => {
    const gcm = `AEAD_AES_128_GCM inline:${'A'.repeat(38)}==`
    expect(settle(offerOf('RTP/SAVP', `01 ${SHA1_80}`, `1 ${gcm}`)).flow.security).toMatchObject({
      receive: { suite: 'AES_CM_128_HMAC_SHA1_80' },
    })
    expect(whyNot(offerOf('RTP/SAVP', '1 NONE_SUCH inline:x', `1 ${gcm}`))).toBe('no crypto suite in common')
  })

  test('RFC 4568 §4: keys of the session, or of another m-line, are not the audio’s', () => {
    const crypto = `a=crypto:1 ${SHA1_80}`
    expect(whyNot(sdp(crypto, 'm=audio 4 RTP/SAVP 0'))).toBe('no crypto suite in common')
    expect(whyNot(sdp('m=audio 4 RTP/SAVP 0', 'm=video 6 RTP/SAVP 31', crypto))).toBe(
      'no crypto suite in common',
    )
  })

  test('sound that is offered twice is taken encrypted, wherever that stands (RFC 3264 §6)', () => {
    const offer = sdp('m=audio 4 RTP/AVP 0', 'm=audio 6 RTP/SAVP 0', `a=crypto:1 ${SHA1_80}`)
    expect(settle(offer).lines.filter((line) => line.startsWith('m='))).toEqual([
      'm=audio 0 RTP/AVP 0',
      'm=audio 40000 RTP/SAVP 0',
    ])
    expect(settle(offer, oursBy(sideOf('off'))).flow.security).toBeUndefined()
  })
})

test('a telephone that wants feedback is no browser (RFC 5124)', () => {
  const offer = offerOf('RTP/SAVPF', `1 ${SHA1_80}`)
  expect(isFromBrowser(offer)).toBe(false)
  expect(settle(offer).lines).toContain('m=audio 40000 RTP/SAVPF 0')
})

describe('whether sound is encrypted', () => {
  const secure = `1 ${SHA1_80}`
  const outcome = (offer: Buffer, side: SdesSide) => {
    const answered = answerOffer(offer, oursBy(side))
    if (!answered.ok) return answered.why
    return answered.flow.security ? 'encrypted' : 'plain'
  }
  const tls = 'no SRTP without TLS, for its keys could be read'

  test.each([
    // by the line or phone; over TLS: RTP/SAVP, keys in RTP/AVP, plain; in the clear: the same
    ['off', 'no RTP/SAVP', 'plain', 'plain', 'no RTP/SAVP', 'plain', 'plain'],
    ['offered', 'encrypted', 'encrypted', 'plain', tls, 'plain', 'plain'],
    ['required', 'encrypted', 'encrypted', 'SRTP is required', 'encrypted', 'encrypted', 'SRTP is required'],
  ] as const)('%s', (use, ...outcomes) => {
    const offers = [offerOf('RTP/SAVP', secure), offerOf('RTP/AVP', secure), offerOf('RTP/AVP')]
    const met = [true, false].flatMap((isPrivate) =>
      offers.map((offer) => outcome(offer, sideOf(use, isPrivate))),
    )
    expect(met).toEqual(outcomes)
  })

  test('keys never stand in what could be read on the way, unless its owner requires them', () => {
    for (const use of ['off', 'offered', 'required'] as const) {
      const side = oursBy(sideOf(use, false))
      expect(makeOffer(side).includes('a=crypto')).toBe(use === 'required')
      expect(settle(offerOf('RTP/AVP', ...(use === 'required' ? [secure] : [])), side).cryptos.length).toBe(
        use === 'required' ? 1 : 0,
      )
    }
  })
})

describe('our offer with keys', () => {
  test('RFC 4568 §5.1.1: has each suite once, with a key of its own; RTP/SAVP where it is required', () => {
    const lines = makeOffer(oursBy(sideOf('required')))
      .toString()
      .split('\r\n')
    expect(lines).toContain('m=audio 40000 RTP/SAVP 0 8 101')
    const cryptos = lines.filter((line) => line.startsWith('a=crypto'))
    expect(cryptos.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80',
      'a=crypto:2 AEAD_AES_256_GCM',
      'a=crypto:3 AEAD_AES_128_GCM',
      'a=crypto:4 AES_CM_128_HMAC_SHA1_32',
    ])
    expect(new Set(cryptos.map((line) => line.split('inline:')[1]?.slice(0, 20))).size).toBe(4)
    expect(makeOffer(oursBy()).toString()).toContain('m=audio 40000 RTP/AVP 0 8 101')
  })

  const reply = (protocol: string, ...cryptos: string[]) => offerOf(protocol, ...cryptos)
  const read = (answer: Buffer, use: SrtpUse = 'offered') => {
    const side = oursBy(sideOf(use))
    return readAnswer(answer, makeOffer(side), side)
  }

  test.each([['RTP/AVP'], ['RTP/SAVP']])('RFC 4568 §5.1.3: is settled by an answer in %s', (protocol) => {
    const settled = read(reply(protocol, `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`))
    expect(settled).toMatchObject({ ok: true, flow: { security: { kind: 'sdes' } } })
    const { security } = (settled as { flow: EngineFlow }).flow
    if (security?.kind !== 'sdes') throw new Error('not secured')
    const first = /crypto:1 \S+ inline:(\S+)/.exec(makeOffer(oursBy()).toString())?.[1] ?? ''
    expect(Buffer.concat([security.send.key, security.send.salt]).toString('base64')).toBe(first)
  })

  test('is plain sound where the other side knows of no keys, unless they are required', () => {
    expect(read(reply('RTP/AVP'))).toMatchObject({ ok: true, flow: { codec: 'PCMU' } })
    expect(read(reply('RTP/AVP'), 'required')).toMatchObject({ ok: false })
  })

  test.each([
    ['another tag', [`9 ${SHA1_80}`]],
    ['another suite', [`2 ${SHA1_80}`]],
    ['two lines', [`1 ${SHA1_80}`, `2 AEAD_AES_256_GCM inline:${'A'.repeat(59)}`]],
    ['sound that is not encrypted', [`1 ${SHA1_80} UNENCRYPTED_SRTP`]],
    ['no key at all', ['1 AES_CM_128_HMAC_SHA1_80 inline:']],
  ])('RFC 4568 §5.1.3: an answer with %s is none', (_, cryptos) => {
    expect(read(reply('RTP/AVP', ...cryptos))).toEqual({ ok: false, why: 'no key that fits our offer' })
  })

  test('RFC 4568 §5.1.3: an answer in RTP/SAVP without a key is none', () => {
    expect(read(reply('RTP/SAVP'))).toEqual({ ok: false, why: 'no key that fits our offer' })
  })
})

describe('a session that goes on (RFC 4568 §7.1.4)', () => {
  const negotiation = (seed: number, use: SrtpUse = 'required') => {
    const { address, sessionId, codecs, sdes } = oursBy(sideOf(use, true, seed))
    const opened = openNegotiation({ address, sessionId, codecs, ...(sdes && { sdes }) })
    opened.port = 4000
    return opened
  }
  const secured = ({ flow }: { readonly flow: { readonly security?: unknown } | undefined }) =>
    flow?.security as { send: unknown; receive: unknown }

  test('keeps our key whoever offers again, and follows theirs when it changes', () => {
    const [us, them] = [negotiation(1), negotiation(2)]
    us.takeOffer(them.offer())
    them.takeAnswer(us.answer())
    const first = { us: secured(us), them: secured(them) }
    expect(first.us).toEqual({ ...first.us, send: first.them.receive, receive: first.them.send })

    us.takeOffer(them.offer())
    them.takeAnswer(us.answer())
    expect([secured(us), secured(them)]).toEqual([first.us, first.them])

    them.takeOffer(us.offer())
    us.takeAnswer(them.answer())
    expect([secured(us), secured(them)]).toEqual([first.us, first.them])

    us.takeOffer(offerOf('RTP/SAVP', `1 ${SHA1_80}`))
    expect(secured(us).send).toEqual(first.us.send)
    expect(secured(us).receive).not.toEqual(first.us.receive)
  })

  test('a plain session stays plain when we offer again', () => {
    const us = negotiation(1, 'offered')
    us.takeOffer(offerOf('RTP/AVP'))
    expect(us.offer().includes('a=crypto')).toBe(false)
  })

  test('a description that does not change keeps its version, keys and all (RFC 3264 §8)', () => {
    const us = negotiation(1)
    const offer = offerOf('RTP/SAVP', `1 ${SHA1_80}`)
    us.takeOffer(offer)
    const answer = us.answer().toString()
    us.takeOffer(offer)
    expect(us.answer().toString()).toBe(answer)
    expect(parseDescription(us.answer())).toMatchObject({ version: 4711 })
  })
})
