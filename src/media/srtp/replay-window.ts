/** RFC 3711 §3.3.2: at least 64. */
export const WINDOW = 64

/** Which of the latest packets came already, by their index (RFC 3711 §3.3.2). */
export class ReplayWindow {
  /** Per place, the index that was the last to come there. */
  readonly #seen = new Float64Array(WINDOW).fill(Number.NEGATIVE_INFINITY)
  #highest = Number.NEGATIVE_INFINITY

  get highest(): number {
    return this.#highest
  }

  /** False for what came already, and for what is too old to say. */
  admits(index: number): boolean {
    return index > this.#highest - WINDOW && this.#seen[index % WINDOW] !== index
  }

  /** Remembers a packet that was admitted and found genuine: whoever forges one moves nothing. */
  take(index: number): void {
    this.#seen[index % WINDOW] = index
    if (index > this.#highest) this.#highest = index
  }
}
