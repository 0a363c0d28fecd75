import { timestampAhead } from '../rtp/packet.ts'
import { EVENT_LOST_MS, type EventReport, LONGEST_SEGMENT } from '../rtp/telephone-event.ts'

/** Shorter presses are held so long: what hears tones needs 40 ms of them (ITU-T Q.24), and a little to spare. */
const LEAST_MS = 60
/** RFC 4733 §2.5.1.4: the last packet is sent three times. */
const ENDS = 3
/** Presses that wait at most; nobody types further ahead. */
const MOST_WAITING = 32

/** What a packet in a paced stream says of a press. Units are those of the RTP timestamp. */
export interface KeyPacket {
  /** RFC 4733 §3.2. */
  readonly code: number
  /** The first packet of a press. */
  readonly first: boolean
  /** The press is over; true three times. */
  readonly end: boolean
  /** A repetition of the end: no more of it is heard. */
  readonly quiet: boolean
  /** From the start of the press to the start of this segment of it, 0 for all but very long ones. */
  readonly segment: number
  /** Since the segment's start, as it is told (RFC 4733 §2.3). */
  readonly duration: number
  /** Of the press that was told before this packet: where a tone in its place goes on. */
  readonly before: number
}

interface Press {
  readonly code: number
  /** The source's, of the segment told last. */
  timestamp: number
  /** Of the segments before that one. */
  before: number
  duration: number
  ended: boolean
  heardAt: number
  told: number
  segment: number
  endsTold: number
}

/**
 * Presses as they come in from one side, told again in a stream of packets that go out evenly: as they go on, each once,
 * one after the other (RFC 4733 §2.5.1).
 */
export class Keypad {
  readonly #unitsPerMs: number
  #waiting: Press[] = []
  #latest: Press | undefined
  #ssrc = -1

  constructor(unitsPerMs: number) {
    this.#unitsPerMs = unitsPerMs
  }

  /** A report of the source came. @param scale our timestamp units in one of the source's */
  hear(report: EventReport, ssrc: number, at: number, scale = 1): void {
    const { code, end, timestamp, marker } = report
    const duration = report.duration * scale
    const latest = ssrc === this.#ssrc ? this.#latest : undefined
    this.#ssrc = ssrc
    const ahead = latest ? timestampAhead(latest.timestamp, timestamp) : 1
    if (ahead < 0) return // of a press that is over
    if (latest && ahead === LONGEST_SEGMENT && code === latest.code && !marker) {
      latest.timestamp = timestamp
      latest.before += LONGEST_SEGMENT * scale
      latest.duration = 0
    } else if (!latest || ahead > 0) return this.#press(code, end, duration, timestamp, at)
    if (code !== latest.code) return
    latest.duration = Math.max(latest.duration, duration)
    latest.ended ||= end
    latest.heardAt = at
  }

  /**
   * What the packet at the deadline `at` tells of a press, instead of audio; undefined: nothing.
   * @param units how long the packet stands for
   */
  next(at: number, units: number): KeyPacket | undefined {
    const press = this.#waiting[0]
    if (!press) return undefined
    if (at - press.heardAt >= EVENT_LOST_MS) press.ended = true // RFC 4733 §2.5.2: its end was lost
    const { code, told: before } = press
    const first = before === 0
    const quiet = press.endsTold > 0
    const whole = Math.max(press.before + press.duration, LEAST_MS * this.#unitsPerMs)
    const end = quiet || (press.ended && before + units >= whole)
    if (!quiet) press.told = end ? Math.max(whole, before) : before + units
    if (end) press.endsTold++
    if (press.endsTold === ENDS) this.#waiting.shift()

    const { segment } = press
    const duration = Math.min(press.told - segment, LONGEST_SEGMENT)
    if (duration === LONGEST_SEGMENT && !end) press.segment += LONGEST_SEGMENT
    return { code, first, end, quiet, segment, duration, before }
  }

  #press(code: number, ended: boolean, duration: number, timestamp: number, at: number): void {
    if (this.#latest) this.#latest.ended = true
    const press = {
      code,
      timestamp,
      before: 0,
      duration,
      ended,
      heardAt: at,
      told: 0,
      segment: 0,
      endsTold: 0,
    }
    this.#latest = press
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(press)
  }
}
