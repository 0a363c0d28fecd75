import type { TraceRow } from '../../src/store/trace.ts'
import { packTrace } from '../../src/trace/pack.ts'
import type { LegStatistics, Place, Trace, TracedMessage } from '../../src/trace/trace.ts'

const AT = Date.UTC(2026, 10, 27, 8, 0, 0)
const MACHINE: Place = { address: '192.0.2.2', port: 5060 }
const PROVIDER: Place = { address: '203.0.113.5', port: 5060 }
const KITCHEN: Place = { address: '192.0.2.11', port: 5062 }

const session = (place: string, lines: readonly string[]) =>
  ['v=0', `o=- 1 1 IN IP4 ${place}`, 's=-', `c=IN IP4 ${place}`, 't=0 0', ...lines, ''].join('\r\n')
const OFFER = session('203.0.113.9', [
  'm=audio 30000 RTP/AVP 8 0 101',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
])
const ANSWER = session('192.0.2.2', [
  'm=audio 20000 RTP/AVP 8 101',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
])
const RINGING_OFFER = session('192.0.2.2', [
  'm=audio 20002 RTP/AVP 8 0 9',
  'a=rtpmap:9 G722/8000',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
])

/** A caller whom the kitchen phone picked up: what it takes to draw all that a ladder can have. */
export function sampleTrace(change: Partial<Trace> = {}): Trace {
  const messages: TracedMessage[] = []
  const say = (
    afterMs: number,
    leg: number,
    direction: 'in' | 'out',
    start: string,
    cseq: string,
    body = '',
  ) =>
    messages.push({
      at: AT + afterMs,
      leg,
      direction,
      transport: leg === 0 ? 'udp' : 'tcp',
      local: MACHINE,
      remote: leg === 0 ? PROVIDER : KITCHEN,
      text: [
        start,
        `Via: SIP/2.0/${leg === 0 ? 'UDP' : 'TCP'} host;branch=z9hG4bK${leg}`,
        'From: <sip:+49301234567@provider.example>;tag=a',
        'To: <sip:home@192.0.2.2>;tag=b',
        `Call-ID: ${leg}`,
        `CSeq: ${cseq}`,
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    })
  say(0, 0, 'in', 'INVITE sip:home@192.0.2.2 SIP/2.0', '1 INVITE', OFFER)
  say(0.4, 0, 'out', 'SIP/2.0 100 Trying', '1 INVITE')
  say(1.2, 0, 'out', 'SIP/2.0 180 Ringing', '1 INVITE')
  say(2, 1, 'out', 'INVITE sip:kitchen@192.0.2.11 SIP/2.0', '7 INVITE', RINGING_OFFER)
  say(500, 0, 'in', 'INVITE sip:home@192.0.2.2 SIP/2.0', '1 INVITE', OFFER)
  say(520, 1, 'in', 'SIP/2.0 180 Ringing', '7 INVITE')
  say(6000, 1, 'in', 'SIP/2.0 200 OK', '7 INVITE', session('192.0.2.11', ['m=audio 40000 RTP/AVP 8']))
  say(6000.5, 1, 'out', 'ACK sip:kitchen@192.0.2.11 SIP/2.0', '7 ACK')
  say(6001, 0, 'out', 'SIP/2.0 200 OK', '1 INVITE', ANSWER)
  say(6040, 0, 'in', 'ACK sip:home@192.0.2.2 SIP/2.0', '1 ACK')
  say(20_000, 0, 'in', 'BYE sip:home@192.0.2.2 SIP/2.0', '2 BYE')
  say(20_000.4, 0, 'out', 'SIP/2.0 200 OK', '2 BYE')
  say(20_001, 1, 'out', 'BYE sip:kitchen@192.0.2.11 SIP/2.0', '8 BYE')
  say(20_010, 1, 'in', 'SIP/2.0 200 OK', '8 BYE')
  return {
    id: 'c1',
    kind: 'call',
    startedAt: AT,
    endedAt: AT + 20_010,
    legs: [
      { kind: 'caller', name: '+49301234567', callId: '0' },
      { kind: 'phone', name: 'kitchen', callId: '1' },
    ],
    messages,
    omitted: { messages: 0, bytes: 0 },
    statistics: [
      sampleStatistics(),
      sampleStatistics({ kind: 'phone', name: 'kitchen', reported: null, lost: 0, late: 0 }),
    ],
    ...change,
  }
}

export function sampleStatistics(change: Partial<LegStatistics> = {}): LegStatistics {
  return {
    kind: 'caller',
    name: '+49301234567',
    codec: 'PCMA',
    durationMs: 13_960,
    sent: { packets: 698, bytes: 111_680 },
    received: { packets: 695, bytes: 111_200 },
    lost: 3,
    late: 1,
    ignored: 0,
    jitterMs: 4.2,
    longestGapMs: 61,
    reported: { lostShare: 0.02, jitterMs: 12, roundTripMs: 38 },
    ...change,
  }
}

export function sampleTraceRow(trace: Trace = sampleTrace(), title = '+49301234567'): TraceRow {
  const { id, kind, startedAt, endedAt } = trace
  return { id, kind, title, startedAt, endedAt, packed: packTrace(trace) }
}
