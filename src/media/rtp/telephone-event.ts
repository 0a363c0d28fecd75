import type { RtpPacket } from './packet.ts'
import { timestampAhead } from './packet.ts'

/** RFC 4733 §3.2: events 0 to 15, by their codes. */
export const DIGITS = '0123456789*#ABCD'
/** RFC 4733 §2.5.1.3: what a duration can say; a longer press goes on in a new segment. */
export const LONGEST_SEGMENT = 0xffff
/** A press whose end was lost is over when nothing more came of it for this long: four packets of 50 ms. */
export const EVENT_LOST_MS = 200

/** One report of a telephone-event (RFC 4733 §2.3). */
export interface EventReport {
  readonly code: number
  readonly end: boolean
  /** In timestamp units, from the event's (or its segment's) start. */
  readonly duration: number
  readonly timestamp: number
  readonly marker: boolean
}

export interface Digit {
  readonly digit: string
  readonly durationMs: number
  /** Heard in the sound (ITU-T Q.23), and not told beside it. */
  readonly inBand?: true
}

/** A press going on, or the last one, whose stragglers still come. */
export type Press =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'pressed'
      readonly code: number
      readonly timestamp: number
      /** Timestamp units of the segments before this one (RFC 4733 §2.5.1.3). */
      readonly before: number
      readonly duration: number
      readonly heardAt: number
    }
  | { readonly kind: 'over'; readonly code: number; readonly timestamp: number }

/** What can happen to a press: a report came, or time passed. */
export type PressEvent =
  | { readonly kind: 'report'; readonly at: number; readonly report: EventReport }
  | { readonly kind: 'time'; readonly at: number }

/**
 * RFC 4733 §2.5.2: one digit per press, however many packets told of it. It is said at the end of the press: at the
 * first packet with the E bit, at the start of the next press when the end was lost, or when nothing more is heard.
 */
export function stepPress(press: Press, event: PressEvent, clockRate: number): readonly [Press, Digit[]] {
  if (event.kind === 'time') {
    if (press.kind !== 'pressed' || event.at - press.heardAt < EVENT_LOST_MS) return [press, []]
    return [over(press), spell(press, clockRate)]
  }
  const { report, at } = event
  if (press.kind === 'none') return begin(report, at, clockRate)

  const ahead = timestampAhead(press.timestamp, report.timestamp)
  if (ahead < 0) return [press, []] // a straggler of a press that is over
  // RFC 4733 §2.5.1.3: a press of more than 65,535 units goes on in a new segment, without marker.
  const goesOn = ahead === LONGEST_SEGMENT && report.code === press.code && !report.marker
  if (press.kind === 'over') {
    if (goesOn) return [{ ...press, timestamp: report.timestamp }, []] // its reports were lost for a while
    return ahead === 0 ? [press, []] : begin(report, at, clockRate)
  }

  if (ahead === 0) {
    if (report.code !== press.code) return [press, []]
    const going = { ...press, duration: Math.max(press.duration, report.duration), heardAt: at }
    return report.end ? [over(going), spell(going, clockRate)] : [going, []]
  }
  if (goesOn) {
    const next = {
      ...press,
      timestamp: report.timestamp,
      before: press.before + LONGEST_SEGMENT,
      duration: report.duration,
      heardAt: at,
    }
    return report.end ? [over(next), spell(next, clockRate)] : [next, []]
  }
  const [next, digits] = begin(report, at, clockRate)
  return [next, [...spell(press, clockRate), ...digits]]
}

function begin(report: EventReport, at: number, clockRate: number): readonly [Press, Digit[]] {
  const { code, timestamp, duration } = report
  const pressed = { kind: 'pressed', code, timestamp, before: 0, duration, heardAt: at } as const
  return report.end ? [over(pressed), spell(pressed, clockRate)] : [pressed, []]
}

const over = ({ code, timestamp }: Press & { kind: 'pressed' }): Press => ({ kind: 'over', code, timestamp })

function spell(press: Press & { kind: 'pressed' }, clockRate: number): Digit[] {
  const digit = DIGITS[press.code]
  if (digit === undefined) return [] // flash and other events of RFC 4733 §3.2 are no digits
  return [{ digit, durationMs: Math.round(((press.before + press.duration) * 1000) / clockRate) }]
}

/** Reads the 4-byte payload (RFC 4733 §2.3); undefined when it is too short. */
export function parseEvent(bytes: Buffer, packet: RtpPacket): EventReport | undefined {
  const { payloadStart: at, payloadEnd, timestamp, marker } = packet
  if (payloadEnd - at < 4) return undefined
  const code = bytes[at] ?? 0
  const end = ((bytes[at + 1] ?? 0) & 0x80) !== 0
  return { code, end, duration: bytes.readUInt16BE(at + 2), timestamp, marker }
}
