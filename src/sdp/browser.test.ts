import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Flow as EngineFlow } from '../media/engine.ts'
import { answerOffer } from './answer-offer.ts'
import { parseDescription } from './description.ts'
import { isFromBrowser } from './dtls.ts'
import type { LocalSide } from './local-side.ts'
import { makeOffer } from './make-offer.ts'
import { openNegotiation } from './negotiation.ts'
import { readAnswer } from './read-answer.ts'

const value = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(
  ':',
)
const browser = {
  ice: { usernameFragment: 'lampglow', password: 'kitchentabletkitchentablet' },
  fingerprint: { algorithm: 'sha-256', value },
}
const ours: LocalSide = {
  address: '192.0.2.10',
  port: 40_000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: 4711,
  version: 1,
  browser,
}

/** What Chromium 156 said: test/sdp, the answer to the very offer that `makeOffer` makes here. */
const chromium = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../test/sdp/chromium-${name}.sdp`))

function settle(offer: Buffer, side = ours) {
  const answered = answerOffer(offer, side)
  if (!answered.ok) throw new Error(answered.why)
  return { ...answered, lines: answered.answer.toString().split('\r\n') }
}

const whyNot = (offer: string | Buffer, side = ours) => {
  const answered = answerOffer(Buffer.from(offer), side)
  return answered.ok ? 'it was taken' : answered.why
}

describe('Chromium’s offer', () => {
  test('is answered with ICE lite, one candidate, and who waits for the handshake (RFC 8839, RFC 8842 §5.3)', () => {
    const { lines, flow } = settle(chromium('offer'))
    expect(lines).toEqual([
      'v=0',
      'o=- 4711 1 IN IP4 192.0.2.10',
      's=-',
      'c=IN IP4 192.0.2.10',
      't=0 0',
      'a=ice-lite',
      'a=group:BUNDLE 0',
      'm=audio 40000 UDP/TLS/RTP/SAVPF 0 126',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:126 telephone-event/8000',
      'a=fmtp:126 0-15',
      'a=setup:passive',
      'a=mid:0',
      'a=msid:answerphone audio',
      'a=ptime:20',
      'a=sendrecv',
      'a=ice-ufrag:lampglow',
      'a=ice-pwd:kitchentabletkitchentablet',
      `a=fingerprint:sha-256 ${value}`,
      'a=candidate:1 1 udp 2130706431 192.0.2.10 40000 typ host',
      'a=end-of-candidates',
      'a=rtcp-mux',
      '',
    ])
    expect(flow).toMatchObject({
      codec: 'PCMU',
      payloadType: 0,
      eventPayloadType: 126,
      send: true,
      receive: true,
    })
    expect(flow.rtcpMux).toBe(true)
    expect(flow.security).toEqual({
      kind: 'dtls',
      ice: {
        local: browser.ice,
        remote: { usernameFragment: 'bX4i', password: 'iVyrdNvN1c2Kebqj8Y/ieHDf' },
      },
      fingerprint: {
        algorithm: 'sha-256',
        value: expect.stringMatching(/^C2:0A:2D:DA:.*:69:39$/),
      },
    })
    const fits: EngineFlow = flow
    expect(fits.codec).toBe('PCMU')
  })

  test('to listen only is answered with sendonly (RFC 3264 §6.1)', () => {
    const { lines, flow } = settle(chromium('recvonly-offer'))
    expect(lines).toContain('a=sendonly')
    expect(flow).toMatchObject({ send: true, receive: false })
  })

  test('with video too is a bundle of the audio alone (RFC 9143 §7.3.3)', () => {
    const { lines } = settle(chromium('audio-video-offer'))
    expect(lines.filter((line) => /^(m=|a=group|a=mid)/.test(line))).toEqual([
      'a=group:BUNDLE 0',
      'm=audio 40000 UDP/TLS/RTP/SAVPF 0 126',
      'a=mid:0',
      expect.stringMatching(/^m=video 0 UDP\/TLS\/RTP\/SAVPF 96 /),
      'a=mid:1',
    ])
  })

  test('is answered with all our addresses, each once, in order (RFC 8445 §5.1.1.3, §5.1.2.1)', () => {
    const alsoAt = ['192.0.2.10', '198.51.100.1', '2001:db8::2']
    const { lines } = settle(chromium('offer'), { ...ours, alsoAt })
    expect(lines.filter((line) => line.startsWith('a=candidate'))).toEqual([
      'a=candidate:1 1 udp 2130706431 192.0.2.10 40000 typ host',
      'a=candidate:2 1 udp 2130706175 198.51.100.1 40000 typ host',
      'a=candidate:3 1 udp 2130705919 2001:db8::2 40000 typ host',
    ])
  })

  test('before any candidate is known is no hold (RFC 8840 §4.1.1)', () => {
    const early = chromium('offer')
      .toString()
      .replace('m=audio 60455', 'm=audio 9')
      .replace('c=IN IP4 192.0.2.2', 'c=IN IP4 0.0.0.0')
    expect(settle(Buffer.from(early)).flow).toMatchObject({ send: true, receive: true })
    expect(settle(Buffer.from(early)).flow.remote).toBeUndefined()
  })

  test('without a bundle is answered without (RFC 9143 §7.3.3)', () => {
    const alone = chromium('offer').toString().replace('a=group:BUNDLE 0\r\n', '')
    expect(settle(Buffer.from(alone)).lines.join()).not.toContain('BUNDLE')
  })

  test.for([
    ['a=ice-ufrag:bX4i', 'a=ice-ufrag:b!', 'no ICE or no DTLS'],
    ['a=ice-pwd:', 'a=x:', 'no ICE or no DTLS'],
    ['a=fingerprint:sha-256 C2', 'a=fingerprint:sha-256 G2', 'no ICE or no DTLS'],
    ['a=setup:actpass', 'a=setup:holdconn', 'no ICE or no DTLS'],
    ['a=setup:actpass', 'a=setup:passive', 'both sides wait for a DTLS handshake'],
    ['a=rtcp-mux', 'a=x', 'no rtcp-mux'],
    ['a=group', 'a=ice-lite\r\na=group', 'both sides are ICE lite'],
    ['UDP/TLS/RTP/SAVPF', 'RTP/AVP', 'no RTP/AVP'],
  ] as const)('with “%s” as “%s” is refused (RFC 8834 §4.5)', ([from, to, why]) => {
    expect(whyNot(chromium('offer').toString().replace(from, to))).toBe(why)
  })

  test('is refused by a session that is no browser’s', () => {
    const { browser: _, ...plain } = ours
    expect(whyNot(chromium('offer'), plain)).toBe('no UDP/TLS/RTP/SAVPF')
  })

  test('may have the attributes in its session part (RFC 8839 §5.4)', () => {
    const moved = /a=(?:ice-ufrag|ice-pwd|fingerprint|setup):.*\r\n/g
    const text = chromium('offer').toString()
    const session = (text.match(moved) ?? []).join('').replace('actpass', 'active')
    const offer = text.replace(moved, '').replace('m=audio', `${session}m=audio`)
    const { lines, flow } = settle(Buffer.from(offer))
    expect(lines).toContain('a=setup:passive')
    expect(flow.security).toMatchObject({ ice: { remote: { usernameFragment: 'bX4i' } } })
  })

  test('once more is answered the same, under the same version (RFC 3264 §8)', () => {
    const { answer } = settle(chromium('offer'))
    expect(settle(chromium('offer'), { ...ours, previous: answer }).answer.equals(answer)).toBe(true)
  })
})

describe('our offer to Chromium', () => {
  const offer = makeOffer(ours)

  test('leaves the choice of the handshake’s client to it (RFC 8842 §5.2)', () => {
    const lines = offer.toString().split('\r\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'a=ice-lite',
        'a=group:BUNDLE 0',
        'm=audio 40000 UDP/TLS/RTP/SAVPF 0 8 101',
        'a=setup:actpass',
        'a=mid:0',
        'a=rtcp-mux',
      ]),
    )
  })

  test('is settled by its answer', () => {
    const read = readAnswer(chromium('answer'), offer, { browser })
    if (!read.ok) throw new Error(read.why)
    expect(read.flow).toMatchObject({
      codec: 'PCMU',
      eventPayloadType: 101,
      rtcpMux: true,
      security: { ice: { local: browser.ice, remote: { usernameFragment: 'iuh0' } } },
    })
  })

  test('answered by one that waits, as we do, is none (RFC 8842 §5.3)', () => {
    const passive = Buffer.from(chromium('answer').toString().replace('setup:active', 'setup:passive'))
    expect(readAnswer(passive, offer, { browser })).toEqual({
      ok: false,
      why: 'both sides wait for a DTLS handshake',
    })
  })

  test('answered without DTLS is none', () => {
    const bare = Buffer.from(
      chromium('answer')
        .toString()
        .replace(/a=fingerprint.*\r\n/, ''),
    )
    expect(readAnswer(bare, offer, { browser })).toEqual({ ok: false, why: 'no ICE or no DTLS' })
  })

  test('within a session keeps mid, bundle and credentials (RFC 8829 §5.2.2)', () => {
    const { answer } = settle(chromium('audio-video-offer'))
    const again = makeOffer({ ...ours, previous: answer })
      .toString()
      .split('\r\n')
    expect(again.filter((line) => /^(m=|a=mid|a=group|a=setup|a=ice-ufrag)/.test(line))).toEqual([
      'a=group:BUNDLE 0',
      'm=audio 40000 UDP/TLS/RTP/SAVPF 0 8 126',
      'a=setup:actpass',
      'a=mid:0',
      'a=ice-ufrag:lampglow',
      expect.stringMatching(/^m=video 0 /),
      'a=mid:1',
    ])
  })

  test('goes through a whole negotiation', () => {
    const negotiation = openNegotiation({
      address: ours.address,
      sessionId: 4711,
      codecs: ours.codecs,
      browser,
    })
    negotiation.port = 40_000
    negotiation.offer()
    expect(negotiation.takeAnswer(chromium('answer'))).toBe(true)
    expect(negotiation.flow?.security?.kind).toBe('dtls')
  })
})

test('a browser’s offer is told from a telephone’s (RFC 5124 §3)', () => {
  const { browser: _, ...plain } = ours
  expect(isFromBrowser(chromium('recvonly-offer'))).toBe(true)
  expect([makeOffer(plain), Buffer.alloc(0), Buffer.from('v=0')].map(isFromBrowser)).toEqual([
    false,
    false,
    false,
  ])
})

test('hostile descriptions of browsers never throw, and an answer is always one that can be read', () => {
  const offer = chromium('offer')
  const change = fc.tuple(fc.nat(offer.length - 1), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const hostile = Buffer.from(offer)
      for (const [at, byte] of changes) hostile[at] = byte
      readAnswer(hostile, makeOffer(ours), { browser })
      const answered = answerOffer(hostile, ours)
      if (answered.ok) expect(parseDescription(answered.answer)).toMatchObject({ media: expect.anything() })
    }),
    { numRuns: 500 },
  )
})
