/** One level for each. */
export const LEVEL_MS = 20
/** A level is so many dB, up to 96 for full scale; 0 is silence, or nothing that came. */
export const LEVEL_DB = 0.75
const FULL_SCALE = 96
/** Three minutes tell. */
const MOST_LEVELS = (3 * 60_000) / LEVEL_MS
const FIRST_ROOM = 512

/** How loud a take was, in levels of 20 ms, from its first packet on. */
export class Loudness {
  #levels = new Uint8Array(FIRST_ROOM)
  #count = 0

  /** @param power mean of the squared samples, 1 for full scale */
  note(atMs: number, power: number): void {
    const index = Math.round(atMs / LEVEL_MS)
    if (index < 0 || index >= MOST_LEVELS || power <= 0) return
    if (index >= this.#levels.length) this.#grow(index)
    this.#levels[index] = Math.max(0, Math.round(4 * Math.log2(power)) + FULL_SCALE)
    if (index >= this.#count) this.#count = index + 1
  }

  get levels(): Uint8Array {
    return this.#levels.slice(0, this.#count)
  }

  #grow(index: number): void {
    const smaller = this.#levels
    this.#levels = new Uint8Array(Math.min(MOST_LEVELS, Math.max(index + 1, 2 * smaller.length)))
    this.#levels.set(smaller)
  }
}
