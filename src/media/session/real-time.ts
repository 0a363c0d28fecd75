/** What a source may send: twice real time, and so much at once. More is a flood. */
const AHEAD_MS = 1000
/** A packet counts as this long at least: what it costs does not shrink with it. */
const LEAST_MS = 2.5

/** Tells a flood from sound. A bucket that leaks: what is not used in a pause can't be used later. */
export class RealTime {
  #ahead = 0
  #at = Number.NEGATIVE_INFINITY

  /** False for a packet that is too much. */
  admits(durationMs: number, at: number): boolean {
    this.#ahead = Math.max(0, this.#ahead - 2 * (at - this.#at))
    this.#at = at
    if (this.#ahead > AHEAD_MS) return false
    this.#ahead += Math.max(LEAST_MS, durationMs)
    return true
  }
}
