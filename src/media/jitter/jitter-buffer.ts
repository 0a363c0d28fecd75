import { timestampAhead } from '../rtp/packet.ts'
import { DelayEstimate } from './delay-estimate.ts'

export interface JitterBufferOptions {
  readonly clockRate: number
  /** How long a payload sounds. */
  readonly durationOf: (payload: Uint8Array) => number
  /** True for a payload that may be left out or drawn out unnoticed; default: none. */
  readonly isSilent?: (payload: Uint8Array) => boolean
  /** Held at least, as `JitterBuffer.minDelayMs`; default 10 ms. */
  readonly minDelayMs?: number
  /** Held at most, however late packets come; default 200 ms. */
  readonly maxDelayMs?: number
}

/** What is to be heard next. */
export type Playout =
  | { readonly kind: 'play'; readonly payload: Buffer; readonly durationMs: number }
  /** A packet is missing, or time is to be gained: something like what came before. */
  | {
      readonly kind: 'conceal'
      readonly durationMs: number
      /** The packet after a single one that is lost: it may tell something of it. */
      readonly following?: Buffer
    }
  /** Nothing is to be heard: it has not begun, or the other side has paused. */
  | { readonly kind: 'wait'; readonly durationMs: number }

/** At most this many packets are held, 1.28 s of 20 ms: a flood displaces itself. */
const MAX_PACKETS = 64
/** A timestamp that jumps further than this begins anew. */
const MAX_JUMP_MS = 2000
/** After so much concealment nothing is there to resemble. */
const MAX_CONCEAL_MS = 120
/** Without a silent moment, the delay is brought down one packet at a time, this far apart; never in the first words. */
const SHRINK_EVERY_MS = 1000
const DEFAULT_DURATION_MS = 20

/**
 * Evens out the arrival of what is listened to live (RFC 3550 §6.4.4 measures it). Packets in, playout out; the
 * listener's own clock asks, once per duration that it got. The delay follows what was seen in the last seconds: it
 * grows as soon as packets come too late, and shrinks in silence, or slowly. What is recorded does not pass here.
 */
export class JitterBuffer {
  readonly #options: JitterBufferOptions
  #packets = new Map<number, Buffer>()
  #delay = new DelayEstimate()
  #ssrc = -1
  /** The timestamp to play next; undefined until playing has begun. */
  #next: number | undefined
  /** What came before this was played or given up; it stays when playing pauses. */
  #floor: number | undefined
  /** Timestamps are unrolled from here. */
  #origin = 0
  #latest = 0
  #durationMs = DEFAULT_DURATION_MS
  #concealedMs = 0
  /** When playing began, or the delay was brought down since. */
  #shrunkAt = 0
  /** Held at least, since a listener's clock has its own unevenness; and who asks ahead of time needs more. */
  minDelayMs: number
  /** Packets that came after their moment, or twice. */
  packetsLate = 0

  constructor(options: JitterBufferOptions) {
    this.#options = options
    this.minDelayMs = options.minDelayMs ?? 10
  }

  get packetsHeld(): number {
    return this.#packets.size
  }

  /** The delay aimed at, past the fastest packet. */
  get targetMs(): number {
    return Math.min(this.#options.maxDelayMs ?? 200, Math.max(this.minDelayMs, this.#delay.delayMs))
  }

  /** Takes a packet in; its payload is copied. */
  put(arrivedAt: number, timestamp: number, ssrc: number, payload: Uint8Array): void {
    const jumpMs = Math.abs(this.#ms(timestamp) - this.#ms(this.#latest))
    if (ssrc !== this.#ssrc || jumpMs > MAX_JUMP_MS) this.#restart(timestamp, ssrc)
    this.#latest = timestamp
    this.#delay.add(arrivedAt - this.#ms(timestamp), arrivedAt)
    const late = this.#floor !== undefined && timestampAhead(this.#floor, timestamp) < 0
    if (late || this.#packets.has(timestamp)) {
      this.packetsLate++
      return
    }
    this.#durationMs = this.#options.durationOf(payload)
    this.#packets.set(timestamp, Buffer.from(payload))
    if (this.#packets.size > MAX_PACKETS) this.#packets.delete(this.#earliest() ?? timestamp)
  }

  /** What to play at `now`, for the duration that it says. */
  take(now: number): Playout {
    if (this.#next === undefined) {
      const earliest = this.#earliest()
      if (earliest === undefined || this.#heldMs(earliest, now) < this.targetMs) return this.#wait()
      this.#next = earliest
      this.#shrunkAt = now
    }
    this.#floor = this.#next
    const target = this.targetMs
    let payload = this.#packets.get(this.#next)
    const held = this.#heldMs(this.#next, now)
    const excess = (held - target) / this.#durationMs
    if (excess > 1 && this.#packets.size > 1 && this.#mayShrink(payload, now, excess)) {
      this.#forget(this.#next)
      this.#shrunkAt = now
      payload = this.#packets.get(this.#next)
    }
    if (payload) {
      if (held < target - this.#durationMs && this.#options.isSilent?.(payload)) return this.#conceal()
      this.#forget(this.#next)
      this.#concealedMs = 0
      return { kind: 'play', payload, durationMs: this.#options.durationOf(payload) }
    }
    return this.#missing(this.#next, held, target)
  }

  #missing(next: number, held: number, target: number): Playout {
    if (this.#packets.size > 0) {
      // Later packets are here. It may still come while the delay is below what it should be; else it is lost.
      if (held < target) return this.#conceal()
      this.#moveTo(this.#passOver(next, held - target))
      const following = this.#packets.get(this.#after(next))
      return { ...this.#conceal(), ...(following && { following }) }
    }
    if (this.#concealedMs < MAX_CONCEAL_MS) return this.#conceal()
    this.#next = undefined // the other side has paused: begin again with whatever comes
    return this.#wait()
  }

  #conceal(): Extract<Playout, { kind: 'conceal' }> {
    this.#concealedMs += this.#durationMs
    return { kind: 'conceal', durationMs: this.#durationMs }
  }

  #wait(): Playout {
    this.#concealedMs = 0
    return { kind: 'wait', durationMs: this.#durationMs }
  }

  /** Sound is left out for a delay that is worth it only, of two packets too many. */
  #mayShrink(payload: Buffer | undefined, now: number, excess: number): boolean {
    if (!payload || this.#options.isSilent?.(payload)) return true
    return excess > 2 && now - this.#shrunkAt >= SHRINK_EVERY_MS
  }

  /** Leaves a packet behind, played or not, and moves on to the one after it. */
  #forget(timestamp: number): void {
    const payload = this.#packets.get(timestamp)
    this.#packets.delete(timestamp)
    this.#moveTo(this.#after(timestamp, payload && this.#options.durationOf(payload)))
  }

  #moveTo(timestamp: number): void {
    this.#next = timestamp
    this.#floor = timestamp
  }

  /**
   * The timestamp after one that is lost, or after as many as were due in the `lateMs` by which it is overdue: what came
   * is not held up by all that did not. Nothing that is held is passed over, however long its packets are.
   */
  #passOver(lost: number, lateMs: number): number {
    const after = this.#after(lost, this.#durationMs * (1 + Math.floor(lateMs / this.#durationMs)))
    const earliest = this.#earliest() ?? after
    return timestampAhead(after, earliest) < 0 ? earliest : after
  }

  #after(timestamp: number, durationMs = this.#durationMs): number {
    return (timestamp + (durationMs * this.#options.clockRate) / 1000) >>> 0
  }

  #earliest(): number | undefined {
    let earliest: number | undefined
    for (const timestamp of this.#packets.keys())
      if (earliest === undefined || timestampAhead(earliest, timestamp) < 0) earliest = timestamp
    return earliest
  }

  /** How long past the fastest packet's transit this timestamp has been waiting. */
  #heldMs(timestamp: number, now: number): number {
    return now - this.#ms(timestamp) - this.#delay.leastTransitMs
  }

  #ms(timestamp: number): number {
    return (timestampAhead(this.#origin, timestamp) * 1000) / this.#options.clockRate
  }

  #restart(timestamp: number, ssrc: number): void {
    this.#packets = new Map()
    this.#delay = new DelayEstimate()
    this.#ssrc = ssrc
    this.#origin = timestamp
    this.#next = undefined
    this.#floor = undefined
    this.#concealedMs = 0
  }
}
