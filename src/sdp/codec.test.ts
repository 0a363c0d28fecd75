import { describe, expect, it } from 'vitest'
import { type CodecName, chooseCodec } from './codec.ts'
import { parseDescription } from './description.ts'
import { openNegotiation } from './negotiation.ts'

const SPOKEN: readonly CodecName[] = ['opus', 'G722', 'PCMU', 'PCMA']

const offer = (formats: string, ...lines: string[]) =>
  Buffer.from(
    [
      'v=0',
      'o=- 1 1 IN IP4 198.51.100.7',
      's=-',
      'c=IN IP4 198.51.100.7',
      't=0 0',
      `m=audio 4000 RTP/AVP ${formats}`,
      ...lines,
      '',
    ].join('\r\n'),
  )

function choose(bytes: Buffer, preferred?: CodecName) {
  const description = parseDescription(bytes)
  const section = typeof description === 'string' ? undefined : description.media[0]
  return section && chooseCodec(section, SPOKEN, { preferred })
}

const audioLine = (description: Buffer) => /m=audio.*/.exec(description.toString())?.[0]

describe('which format is spoken', () => {
  it('RFC 3264 §6.1: the first of the offer that we know', () => {
    expect(choose(offer('8 9 0'))).toEqual({ codec: 'PCMA', payloadType: 8 })
    expect(choose(offer('97 9 0', 'a=rtpmap:97 speex/16000'))).toEqual({ codec: 'G722', payloadType: 9 })
  })

  it('RFC 3551 §4.5.2: G.722 has a clock of 8,000 Hz, and what says otherwise is another format', () => {
    const named = (rate: number) => offer('96 0', `a=rtpmap:96 G722/${rate}`)
    expect(choose(named(8000))).toEqual({ codec: 'G722', payloadType: 96 })
    expect(choose(named(16_000))).toEqual({ codec: 'PCMU', payloadType: 0 })
  })

  it('RFC 7587 §4.1, §7: Opus has 48 kHz and two channels in its name, and its own clock for telephone-events', () => {
    const lines = ['a=rtpmap:101 telephone-event/8000', 'a=rtpmap:110 telephone-event/48000']
    const named = (name: string) => offer('111 0 101 110', `a=rtpmap:111 ${name}`, ...lines)
    expect(choose(named('opus/48000/2'))).toEqual({ codec: 'opus', payloadType: 111, eventPayloadType: 110 })
    expect(choose(named('OPUS/48000/2'))).toMatchObject({ codec: 'opus' })
    for (const name of ['opus/48000', 'opus/16000/2'])
      expect(choose(named(name))).toEqual({ codec: 'PCMU', payloadType: 0, eventPayloadType: 101 })
  })

  it('RFC 7587 §7: an answer says of Opus how we want to have it, under the payload type of the offer', () => {
    const negotiation = openNegotiation({ address: '192.0.2.1', sessionId: 1, codecs: SPOKEN })
    negotiation.port = 4000
    negotiation.takeOffer(offer('111', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1'))
    const lines = negotiation.answer().toString().split('\r\n')
    expect(lines).toContain('a=rtpmap:111 opus/48000/2')
    expect(lines.find((line) => line.startsWith('a=fmtp:111'))).toContain('useinbandfec=1')
    // RFC 3264 §8.3.2: in an offer of ours, too, which has the rest besides.
    expect(audioLine(negotiation.offer())).toBe('m=audio 4000 RTP/AVP 111 9 0 8 101 110')
  })

  it('what is preferred, wherever it stands in the offer', () => {
    expect(choose(offer('0 8 9'), 'G722')).toEqual({ codec: 'G722', payloadType: 9 })
    expect(choose(offer('111 0', 'a=rtpmap:111 opus/48000/2'), 'PCMU')).toMatchObject({ codec: 'PCMU' })
  })

  it.each([
    // Wideband stays wideband from end to end, and a telephone's band is not carried in more.
    ['opus', '0 9', 'G722'],
    ['G722', '0 111', 'opus'],
    ['PCMU', '111 9 8', 'PCMA'],
    // Opus last, where it has to be made of something else.
    ['PCMU', '111 9', 'G722'],
    ['opus', '8 0', 'PCMA'],
    ['G722', '0 8', 'PCMU'],
    ['PCMA', '111', 'opus'],
  ] as const)('where nobody has %s to be heard in: of %s it is %s', (preferred, formats, codec) => {
    expect(choose(offer(formats, 'a=rtpmap:111 opus/48000/2'), preferred)).toMatchObject({ codec })
  })

  it('RFC 8866 §6.4: Opus only where packets of 20 ms are allowed, in which it is made', () => {
    const limited = (maxptime: number, formats = '111 0') =>
      offer(formats, 'a=rtpmap:111 opus/48000/2', `a=maxptime:${maxptime}`)
    expect(choose(limited(20))).toMatchObject({ codec: 'opus' })
    expect(choose(limited(10))).toMatchObject({ codec: 'PCMU' })
    expect(choose(limited(10, '111'))).toBeUndefined()
    // What a session sends keeps its packet time, whatever a later offer allows.
    const negotiation = openNegotiation({ address: '192.0.2.1', sessionId: 1, codecs: SPOKEN })
    negotiation.takeOffer(limited(10, '0'))
    negotiation.takeOffer(limited(40, '111 8'))
    expect(negotiation.flow).toMatchObject({ codec: 'PCMA', ptimeMs: 10 })
    expect(audioLine(negotiation.offer())).not.toContain('107')
  })

  it.each([
    ['maxaveragebitrate=20000', '111 0', 'PCMU'],
    ['minptime=10; maxaveragebitrate=20000;useinbandfec=1', '111 0', 'PCMU'],
    ['maxaveragebitrate=32000', '111 0', 'opus'],
    ['maxaveragebitrate=x', '111 0', 'opus'],
    ['xmaxaveragebitrate=20000', '111 0', 'opus'],
    // Where there is nothing else, more than they want is better than no call.
    ['maxaveragebitrate=20000', '111', 'opus'],
    ['maxplaybackrate=8000;useinbandfec=0', '111 0', 'opus'],
  ])('RFC 7587 §6.1: who wants Opus by %s and offers %s gets %s', (parameters, formats, codec) => {
    const lines = ['a=rtpmap:111 opus/48000/2', `a=fmtp:111 ${parameters}`]
    expect(choose(offer(formats, ...lines))).toMatchObject({ codec })
  })

  it('RFC 4733 §2.4.1: telephone-events beside Opus whose durations count in 8 kHz are taken as such', () => {
    const lines = ['a=rtpmap:111 opus/48000/2', 'a=rtpmap:101 telephone-event/8000']
    const events = { eventPayloadType: 101, eventClockRate: 8000 }
    expect(choose(offer('111 101', ...lines))).toEqual({ codec: 'opus', payloadType: 111, ...events })
    const negotiation = openNegotiation({ address: '192.0.2.1', sessionId: 1, codecs: SPOKEN })
    negotiation.takeOffer(offer('111 101', ...lines))
    expect(negotiation.flow).toMatchObject(events)
    expect(negotiation.answer().toString()).toContain('a=rtpmap:101 telephone-event/8000')
  })

  it('RFC 3264 §8.3.2: no payload type stands for two things in an offer of ours', () => {
    const negotiation = openNegotiation({ address: '192.0.2.1', sessionId: 1, codecs: SPOKEN })
    negotiation.port = 4000
    negotiation.takeOffer(offer('0 107', 'a=rtpmap:107 telephone-event/8000'))
    expect(audioLine(negotiation.offer())).toBe('m=audio 4000 RTP/AVP 0 8 9 96 107 110')
  })

  it('is kept for the session, whatever a later offer puts first', () => {
    const negotiation = openNegotiation({ address: '192.0.2.1', sessionId: 1 })
    negotiation.takeOffer(offer('9 0'))
    negotiation.takeOffer(offer('0 9'))
    expect(negotiation.flow).toMatchObject({ codec: 'G722', payloadType: 9 })
    negotiation.takeOffer(offer('0'))
    expect(negotiation.flow).toMatchObject({ codec: 'PCMU', payloadType: 0 })
  })

  it('an offer of ours names what is preferred first, then the rest, wideband first', () => {
    const offered = (preferred?: 'PCMA') =>
      audioLine(openNegotiation({ address: '192.0.2.1', sessionId: 1, preferred: () => preferred }).offer())
    expect(offered()).toBe('m=audio 0 RTP/AVP 9 107 0 8 101 110')
    expect(offered('PCMA')).toBe('m=audio 0 RTP/AVP 8 0 9 107 101 110')
  })
})
