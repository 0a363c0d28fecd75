import { describe, expect, test } from 'vitest'
import type { Flow as EngineFlow } from '../media/engine.ts'
import { answerOffer } from './answer-offer.ts'
import type { Flow } from './flow.ts'
import type { LocalSide } from './local-side.ts'

const ours: LocalSide = {
  address: '192.0.2.10',
  port: 40_000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: 4711,
  version: 1,
}

function sdp(...lines: string[]): Buffer {
  const head = ['v=0', 'o=- 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0']
  return Buffer.from([...head, ...lines, ''].join('\r\n'))
}

function settle(offer: Buffer, side: LocalSide = ours): { flow: Flow; lines: string[] } {
  const answered = answerOffer(offer, side)
  if (!answered.ok) throw new Error(answered.why)
  return { flow: answered.flow, lines: answered.answer.toString().split('\r\n') }
}

const whyNot = (offer: Buffer) => {
  const answered = answerOffer(offer, ours)
  return answered.ok ? undefined : [answered.status, answered.why]
}

describe('answerOffer', () => {
  test('answers a usual offer whole (RFC 3264 §6, RFC 8866 §5)', () => {
    const { flow, lines } = settle(
      sdp('m=audio 49170 RTP/AVP 8 0 101', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16'),
    )
    expect(flow).toEqual({
      codec: 'PCMA',
      payloadType: 8,
      eventPayloadType: 101,
      remote: { address: '198.51.100.7', port: 49_170, rtcpPort: 49_171 },
      ptimeMs: 20,
      send: true,
      receive: true,
    })
    expect(lines).toEqual([
      'v=0',
      'o=- 4711 1 IN IP4 192.0.2.10',
      's=-',
      'c=IN IP4 192.0.2.10',
      't=0 0',
      'm=audio 40000 RTP/AVP 8 101',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
      '',
    ])
    const fits: EngineFlow = flow
    expect(fits.codec).toBe('PCMA')
  })

  test('keeps the number and order of m-lines, the rest refused with port 0 (RFC 3264 §6)', () => {
    const { lines } = settle(
      sdp(
        'm=video 5000/2 RTP/AVP 31 34',
        'm=audio 49170 RTP/AVP 0',
        'm=audio 49180 RTP/AVP 0',
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      ),
    )
    expect(lines.filter((line) => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 31 34',
      'm=audio 40000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 0',
      'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
    ])
  })

  test('repeats the t-line of the offer (RFC 3264 §6)', () => {
    const offer = Buffer.from(
      'v=0\r\nt=3034423619 3042462419\r\nc=IN IP4 198.51.100.7\r\nm=audio 4 RTP/AVP 0\r\n',
    )
    expect(settle(offer).lines).toContain('t=3034423619 3042462419')
  })

  test('uses the offer’s dynamic payload types, names in any case (RFC 3264 §6.1)', () => {
    const offer = sdp(
      'm=audio 4 RTP/AVP 97 96 98',
      'a=rtpmap:97 opus/48000/2',
      'a=rtpmap:96 pcmu/8000/1',
      'a=rtpmap:98 Telephone-Event/8000',
    )
    expect(settle(offer).flow).toMatchObject({ codec: 'PCMU', payloadType: 96, eventPayloadType: 98 })
    expect(settle(offer).lines).toContain('m=audio 40000 RTP/AVP 96 98')
  })

  test('a static payload type that is mapped to something else is that (RFC 3551 §6)', () => {
    expect(whyNot(sdp('m=audio 4 RTP/AVP 0', 'a=rtpmap:0 L16/44100'))).toEqual([488, 'no codec in common'])
  })

  test('telephone-event is answered only with the codec’s clock rate (RFC 4733 §2.4.1)', () => {
    const wide = sdp('m=audio 4 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/48000')
    expect(settle(wide).flow.eventPayloadType).toBeUndefined()
    const both = sdp(
      'm=audio 4 RTP/AVP 0 101 102',
      'a=rtpmap:101 telephone-event/48000',
      'a=rtpmap:102 telephone-event/8000',
    )
    expect(settle(both).flow.eventPayloadType).toBe(102)
  })

  test.for([
    ['sendrecv', 'sendrecv', true, true],
    ['sendonly', 'recvonly', false, false],
    ['recvonly', 'sendonly', true, false],
    ['inactive', 'inactive', false, false],
  ] as const)('%s is answered with %s (RFC 3264 §6.1)', ([offered, answered, send, receive]) => {
    for (const offer of [
      sdp('m=audio 4 RTP/AVP 0', `a=${offered}`),
      sdp(`a=${offered}`, 'm=audio 4 RTP/AVP 0'),
    ]) {
      const { flow, lines } = settle(offer)
      expect(lines).toContain(`a=${answered}`)
      expect(flow).toMatchObject({ send, receive })
    }
  })

  test('hold by a c-line of zeros: nothing is sent or waited for (RFC 3264 §8.4)', () => {
    const { flow, lines } = settle(sdp('m=audio 49170 RTP/AVP 0', 'c=IN IP4 0.0.0.0'))
    expect(lines).toContain('a=inactive')
    expect(flow.remote).toBeUndefined()
    expect(flow).toMatchObject({ send: false, receive: false })
  })

  test('the rtcp attribute (RFC 3605) and a c-line of the media (RFC 8866 §5.7)', () => {
    const { flow } = settle(
      sdp('m=audio 4 RTP/AVP 0', 'c=IN IP4 203.0.113.9', 'a=rtcp:53020 IN IP4 203.0.113.9'),
    )
    expect(flow.remote).toEqual({ address: '203.0.113.9', port: 4, rtcpPort: 53_020 })
  })

  test('IPv6 is answered with IPv6, and an address of the other family not at all (RFC 3261 §20.43)', () => {
    const offer = sdp('m=audio 4 RTP/AVP 0', 'c=IN IP6 2001:db8::7')
    const { flow, lines } = settle(offer, { ...ours, address: '2001:db8::10' })
    expect(flow.remote?.address).toBe('2001:db8::7')
    expect(lines).toContain('c=IN IP6 2001:db8::10')
    expect(lines[1]).toBe('o=- 4711 1 IN IP6 2001:db8::10')
    expect(whyNot(offer)).toEqual([488, 'incompatible network address formats'])
  })

  test.for(['224.2.1.1/127', '239.1.1.1', '255.255.255.255', 'phone.example.com', '0.1.2.3'])(
    'nothing is sent to %s before packets come from somewhere',
    (address) => {
      const { flow } = settle(sdp('m=audio 4 RTP/AVP 0', `c=IN IP4 ${address}`))
      expect(flow.remote).toBeUndefined()
      expect(flow.send).toBe(true)
    },
  )

  test('maxptime limits what we send; ptime does not (RFC 8866 §6.4)', () => {
    const offering = (...lines: string[]) => settle(sdp('m=audio 4 RTP/AVP 0', ...lines)).flow.ptimeMs
    expect(offering('a=ptime:30')).toBe(20)
    expect(offering('a=maxptime:60')).toBe(20)
    expect(offering('a=maxptime:10')).toBe(10)
    expect(offering('a=maxptime:15')).toBe(10)
    expect(offering('a=maxptime:0')).toBe(10)
  })

  test('secure audio is refused unless plain audio is offered beside it; AVPF is answered as AVPF (RFC 4585 §4)', () => {
    expect(whyNot(sdp('m=audio 4 RTP/SAVP 0'))).toEqual([488, 'no RTP/SAVP'])
    expect(settle(sdp('m=audio 4 RTP/SAVP 0', 'm=audio 6 RTP/AVP 0')).flow.remote?.port).toBe(6)
    expect(settle(sdp('m=audio 4 RTP/AVPF 0')).lines).toContain('m=audio 40000 RTP/AVPF 0')
  })

  test('what can’t be used gets 488 (RFC 3261 §13.3.1.3)', () => {
    expect(whyNot(Buffer.alloc(0))).toEqual([488, 'session description without v=0'])
    expect(whyNot(sdp())).toEqual([488, 'no audio is offered'])
    expect(whyNot(sdp('m=video 4 RTP/AVP 31'))).toEqual([488, 'no audio is offered'])
    expect(whyNot(sdp('m=audio 0 RTP/AVP 0'))).toEqual([488, 'audio is offered with port 0'])
    expect(whyNot(sdp('m=audio 4 RTP/AVP 18'))).toEqual([488, 'no codec in common'])
    expect(whyNot(sdp('m=audio 70000 RTP/AVP 0'))).toEqual([488, 'broken m-line'])
    expect(whyNot(sdp('m=audio'))).toEqual([488, 'broken m-line'])
  })

  test('the version goes up by one, and only with a change (RFC 3264 §8)', () => {
    const offer = sdp('m=audio 4 RTP/AVP 0')
    const first = answerOffer(offer, ours)
    if (!first.ok) throw new Error(first.why)
    const again = settle(offer, { ...ours, version: 9, previous: first.answer })
    expect(again.lines[1]).toBe('o=- 4711 1 IN IP4 192.0.2.10')
    const held = settle(sdp('m=audio 4 RTP/AVP 0', 'a=sendonly'), { ...ours, previous: first.answer })
    expect(held.lines[1]).toBe('o=- 4711 2 IN IP4 192.0.2.10')
  })
})
