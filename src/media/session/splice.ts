import { timestampAhead } from '../rtp/packet.ts'

/** A timestamp that runs ahead of its arrival by more than this is a new start, not a pause or a loss. */
const JUMP_MS = 500
/** One that falls back by more than this is a new start; by less, the packet is late, or came twice. */
const REORDER_MS = 1000

/**
 * Joins packets of one source after another, and the silence between them, to one stream whose timestamps only grow
 * (RFC 3550 §5.1): the source's own steps are kept, so that losses and pauses stay visible, and it is anchored anew
 * where it starts anew. Timestamps are those of our stream unless said otherwise.
 */
export class Splice {
  readonly #unitsPerMs: number
  #ssrc = -1
  /** Ours minus the source's. */
  #offset = 0
  #placedAt = Number.NEGATIVE_INFINITY
  #anchored = false
  #any = false
  #end = 0
  /** The last packet placed was the first of a new anchor: a talkspurt begins (RFC 3551 §4.1). */
  marker = false

  /** @param unitsPerMs the clock rate that all of them have */
  constructor(unitsPerMs: number) {
    this.#unitsPerMs = unitsPerMs
  }

  /**
   * Where a packet of audio goes.
   * @param timestamp the source's
   * @param units how long it sounds
   * @param clock what our stream samples at its arrival
   * @returns undefined when its place is taken: it came late, or twice
   */
  place(ssrc: number, timestamp: number, units: number, at: number, clock: number): number | undefined {
    const placed = this.#locate(ssrc, timestamp, at, clock)
    if (placed === undefined) return undefined
    this.#placedAt = at
    this.#end = (placed + units) >>> 0
    return placed
  }

  /** Where a packet of a telephone-event goes: it names the event's start, which may be long ago (RFC 4733 §2.3). */
  placeEvent(ssrc: number, timestamp: number, at: number, clock: number): number {
    const stands = this.#anchored && ssrc === this.#ssrc && Math.abs(this.#aheadMs(timestamp, clock)) < 20_000
    if (stands) this.marker = false
    else {
      this.#anchor(ssrc, timestamp, clock)
      this.#placedAt = at
    }
    return (timestamp + this.#offset) >>> 0
  }

  /** The stream was sent, from elsewhere, up to `end`: what comes next is anchored anew. */
  pass(end: number): void {
    this.#anchored = false
    this.#moveEnd(end)
  }

  /** The first timestamp after all that was sent; `least` if that is further. */
  endFrom(least: number): number {
    return this.#any && timestampAhead(least, this.#end) > 0 ? this.#end : least
  }

  #locate(ssrc: number, timestamp: number, at: number, clock: number): number | undefined {
    const ahead = this.#aheadMs(timestamp, this.#end)
    if (ssrc !== this.#ssrc || !this.#any || ahead > at - this.#placedAt + JUMP_MS || ahead < -REORDER_MS)
      return this.#anchor(ssrc, timestamp, clock)
    if (ahead >= 0) {
      // After silence of ours a source that has kept its clock goes on where it would be.
      this.marker = !this.#anchored
      this.#anchored = true
      return (timestamp + this.#offset) >>> 0
    }
    return this.#anchored ? undefined : this.#anchor(ssrc, timestamp, clock)
  }

  #anchor(ssrc: number, timestamp: number, clock: number): number {
    const placed = this.endFrom(clock)
    this.#ssrc = ssrc
    this.#offset = (placed - timestamp) >>> 0
    this.#anchored = true
    this.#moveEnd(placed)
    this.marker = true
    return placed
  }

  /** How far the source's timestamp, moved into our stream, is ahead of one of ours. */
  #aheadMs(timestamp: number, of: number): number {
    return timestampAhead(of, (timestamp + this.#offset) >>> 0) / this.#unitsPerMs
  }

  #moveEnd(end: number): void {
    if (!this.#any || timestampAhead(this.#end, end) > 0) this.#end = end
    this.#any = true
  }
}
