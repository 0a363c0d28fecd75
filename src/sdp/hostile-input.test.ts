import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastCpuMs } from '../../test/helpers/least-cpu-ms.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { answerOffer } from './answer-offer.ts'
import { parseDescription } from './description.ts'
import type { LocalSide } from './local-side.ts'
import { makeOffer } from './make-offer.ts'
import { readAnswer } from './read-answer.ts'

const ours: LocalSide = {
  address: '192.0.2.10',
  port: 4000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: 1,
  version: 1,
}
const secured: LocalSide = {
  ...ours,
  sdes: { use: 'offered', isPrivate: true, random: seededRandom(1) },
}
const offer = makeOffer(secured)

const piece = fc.oneof(
  fc.constantFrom('v=0', 'o=- 1 1 IN IP4 1.2.3.4', 'c=IN IP4 1.2.3.4', 'c=IN IP6 ::1', 't=1 2', 'a=sendonly'),
  fc.constantFrom(
    'm=audio 4 RTP/AVP 0 8',
    'm=audio 4 RTP/AVP 300 x',
    'm=video 4 RTP/AVP 31',
    'm=audio 4/3 TCP/x y',
  ),
  fc.constantFrom(
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:',
    'a=rtpmap:0 __proto__/8000',
    'a=rtcp:99999',
    'a=maxptime:x',
  ),
  fc.constantFrom(
    'm=audio 4 RTP/SAVP 0',
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'A'.repeat(40)}`,
    `a=crypto:2 AEAD_AES_256_GCM inline:${'B'.repeat(59)}|2^31|1:4 WSH=64`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:${'C'.repeat(40)} UNENCRYPTED_SRTP`,
    'a=crypto:',
    'a=crypto:1 __proto__ inline:AAAA',
  ),
  fc.string({ maxLength: 40 }).map((rest) => `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${rest}`),
  fc.string({ maxLength: 40 }),
  fc
    .tuple(fc.constantFrom('m', 'a', 'c', 'o', 't'), fc.string({ maxLength: 30 }))
    .map(([type, rest]) => `${type}=${rest}`),
)

describe('hostile session descriptions', () => {
  test('never throw, and every answer fits its offer (RFC 3264 §6)', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (lines) => {
        const hostile = Buffer.from(['v=0', 'c=IN IP4 198.51.100.1', ...lines].join('\r\n'))
        const answered = answerOffer(hostile, secured)
        readAnswer(hostile, offer, secured)
        if (!answered.ok) return
        const asked = parseDescription(hostile)
        const given = parseDescription(answered.answer)
        if (typeof asked === 'string' || typeof given === 'string') throw new Error('unreadable answer')
        const shape = (media: { type: string; protocol: string }) => `${media.type} ${media.protocol}`
        expect(given.media.map(shape)).toEqual(asked.media.map(shape))
        expect(given.media.filter((media) => media.port !== 0)).toHaveLength(1)
        const [used] = given.media.filter((media) => media.port !== 0)
        expect(used?.cryptos).toHaveLength(answered.flow.security ? 1 : 0)
        for (const [index, media] of given.media.entries()) {
          if (media.port !== 0)
            expect(asked.media[index]?.payloadTypes).toEqual(expect.arrayContaining([...media.payloadTypes]))
        }
      }),
      { numRuns: 700 },
    )
  })

  test('changed bytes never throw', () => {
    const change = fc.tuple(fc.nat(offer.length - 1), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const hostile = Buffer.from(offer)
        for (const [at, byte] of changes) hostile[at] = byte
        answerOffer(hostile, secured)
        readAnswer(hostile, offer, secured)
      }),
      { numRuns: 700 },
    )
  })

  test.for([
    ['64 kB', `v=0\r\n${'a=x\r\n'.repeat(13_000)}`, 'session description too long'],
    ['1,000 m-lines', `v=0\r\n${'m=a 1 b c\r\n'.repeat(1000)}`, 'session description of too many lines'],
    ['100 m-lines', `v=0\r\n${'m=a 1 b c\r\n'.repeat(100)}`, 'too many m-lines'],
    ['one line of 16 kB', `v=0\r\nm=audio 4 RTP/AVP ${'0 '.repeat(8000)}`, 'no audio is offered'],
    [
      '500 keys',
      `v=0\r\nm=audio 4 RTP/SAVP 0\r\n${`a=crypto:1 X inline:${'A'.repeat(10)}\r\n`.repeat(490)}`,
      'no crypto suite in common',
    ],
    [
      'one key of 1 kB',
      `v=0\r\nm=audio 4 RTP/SAVP 0\r\na=crypto:1 X${' y'.repeat(500)}`,
      'no crypto suite in common',
    ],
    ['lines without end', `v=0\r\na=imageattr:* send ${'[x] '.repeat(4000)}`, 'no audio is offered'],
  ])('a bomb of %s is refused cheaply', async ([, text, why]) => {
    const answer = () => answerOffer(Buffer.from(text ?? ''), secured)
    expect(answer()).toEqual({ ok: false, status: 488, why })
    expect(await leastCpuMs(100, answer)).toBeLessThan(100)
  })
})
