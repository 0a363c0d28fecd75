import { describe, expect, test } from 'vitest'
import { answerOffer } from './answer-offer.ts'
import type { LocalSide } from './local-side.ts'
import { makeOffer } from './make-offer.ts'
import { readAnswer } from './read-answer.ts'

const ours: LocalSide = {
  address: '192.0.2.10',
  port: 4000,
  codecs: ['PCMA', 'PCMU'],
  sessionId: 1,
  version: 1,
}
const theirs: LocalSide = { ...ours, address: '192.0.2.20', port: 6000, codecs: ['PCMU'], sessionId: 2 }

function changed(answer: Buffer, from: string | RegExp, to: string): Buffer {
  return Buffer.from(answer.toString().replace(from, to))
}

describe('makeOffer and readAnswer', () => {
  const offer = makeOffer(ours)
  const answered = answerOffer(offer, theirs)
  if (!answered.ok) throw new Error(answered.why)
  const { answer } = answered

  test('an offer names all codecs in order, with telephone-event (RFC 3264 §5)', () => {
    expect(offer.toString()).toContain(
      'm=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000',
    )
    expect(offer.toString()).toContain('a=sendrecv')
  })

  test('an offer made again keeps its version until it changes (RFC 3264 §8)', () => {
    expect(makeOffer({ ...ours, version: 7, previous: offer })).toEqual(offer)
    expect(makeOffer({ ...ours, port: 4002, previous: offer }).toString()).toContain('o=- 1 2 IN IP4')
  })

  test('an offer within a session keeps its m-lines and payload types (RFC 3264 §8, §8.3.2)', () => {
    const session = answerOffer(
      Buffer.from(
        'v=0\r\no=- 1 1 IN IP4 192.0.2.20\r\ns=-\r\nc=IN IP4 192.0.2.20\r\nt=0 0\r\n' +
          'm=video 6002 RTP/AVP 97\r\nm=audio 6000 RTP/AVPF 0 96\r\na=rtpmap:96 telephone-event/8000\r\n' +
          'm=audio 6000 RTP/SAVP 0\r\n',
      ),
      ours,
    )
    if (!session.ok) throw new Error(session.why)
    const again = makeOffer({ ...ours, previous: session.answer })
    expect(again.toString().match(/^(?:o|m)=.*$/gm)).toEqual([
      'o=- 1 2 IN IP4 192.0.2.10',
      'm=video 0 RTP/AVP 97',
      'm=audio 4000 RTP/AVPF 8 0 96',
      'm=audio 0 RTP/SAVP 0',
    ])
    const reply = answerOffer(again, theirs)
    expect(reply.ok && readAnswer(reply.answer, again)).toMatchObject({
      ok: true,
      flow: { codec: 'PCMU', eventPayloadType: 96 },
    })
  })

  test('both sides settle on the same (RFC 3264 §7)', () => {
    const read = readAnswer(answer, offer)
    expect(read).toEqual({
      ok: true,
      flow: {
        codec: 'PCMU',
        payloadType: 0,
        eventPayloadType: 101,
        remote: { address: '192.0.2.20', port: 6000, rtcpPort: 6001 },
        ptimeMs: 20,
        send: true,
        receive: true,
      },
    })
    expect(answered.flow).toMatchObject({ codec: 'PCMU', payloadType: 0, eventPayloadType: 101 })
  })

  test.for([
    ['sendrecv', true, true],
    ['sendonly', false, false],
    ['recvonly', true, false],
    ['inactive', false, false],
  ] as const)('an answer of %s (RFC 3264 §7)', ([direction, send, receive]) => {
    const read = readAnswer(changed(answer, 'a=sendrecv', `a=${direction}`), offer)
    expect(read.ok && read.flow).toMatchObject({ send, receive })
  })

  test('an answer may use payload types of its own: they are what we send (RFC 3264 §6.1)', () => {
    const other = changed(changed(answer, 'AVP 0', 'AVP 96'), 'rtpmap:0', 'rtpmap:96')
    const read = readAnswer(other, offer)
    expect(read.ok && read.flow).toMatchObject({ codec: 'PCMU', payloadType: 96 })
  })

  test.for([
    ['refused', /m=audio \d+/, 'm=audio 0', 'audio was refused'],
    ['of another profile', 'RTP/AVP', 'RTP/SAVP', 'answered as RTP/SAVP'],
    ['of a codec that was not offered', 'PCMU', 'G722', 'no codec that was offered'],
    ['of two m-lines', /$/, 'm=audio 4 RTP/AVP 0\r\n', 'another number of m-lines than offered'],
    ['broken', 'v=0', 'v=x', 'session description without v=0'],
  ] as const)('an answer %s is none', ([, from, to, why]) => {
    expect(readAnswer(changed(answer, from, to), offer)).toEqual({ ok: false, why })
  })

  test('what a broken offer of our own answers is refused too', () => {
    expect(readAnswer(answer, Buffer.from('x'))).toMatchObject({ ok: false })
  })
})
