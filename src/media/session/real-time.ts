import { LEAST_PACKET_MS } from '../rtp/packet-limits.ts'

/** What a source may send: twice real time, and so much at once. More is a flood. */
const AHEAD_MS = 1000

/** Tells a flood from sound. A bucket that leaks: what is not used in a pause can't be used later. */
export class RealTime {
  #ahead = 0
  #at = Number.NEGATIVE_INFINITY

  /** False for a packet that is too much. */
  admits(durationMs: number, at: number): boolean {
    this.#ahead = Math.max(0, this.#ahead - 2 * (at - this.#at))
    this.#at = at
    if (this.#ahead > AHEAD_MS) return false
    this.#ahead += Math.max(LEAST_PACKET_MS, durationMs)
    return true
  }
}
