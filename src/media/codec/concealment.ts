import { LONGEST_PACKET_MS } from '../rtp/packet-limits.ts'
import { amplify, gainFactor } from './codecs.ts'

/** The level of each further 20 ms, below what was heard; then silence. */
const FADE_DB = [-2, -6, -12, -20]
const STEP_MS = 20

/** Stands in for what is missing: what was heard last, again and ever softer (a plain relative of G.711 appendix I). */
export class Concealment {
  readonly #perMs: number
  readonly #last: Int16Array
  #length = 0
  #concealedMs = 0

  /** @param sampleRate of what is heard */
  constructor(sampleRate: number) {
    this.#perMs = sampleRate / 1000
    this.#last = new Int16Array(LONGEST_PACKET_MS * this.#perMs)
  }

  /** This was there, and is played. */
  hear(pcm: Int16Array): void {
    this.#length = Math.min(pcm.length, this.#last.length)
    this.#last.set(pcm.subarray(0, this.#length))
    this.#concealedMs = 0
  }

  /** Fills `into` in place of what is missing. */
  fill(into: Int16Array): void {
    const step = STEP_MS * this.#perMs
    for (let i = 0; i < into.length; i++) into[i] = this.#last[i % Math.max(1, this.#length)] ?? 0
    const from = this.#concealedMs * this.#perMs
    for (let i = 0; i < into.length; ) {
      const place = from + i
      const end = Math.min(into.length, i + step - (place % step))
      const gainDb = FADE_DB[Math.floor(place / step)]
      if (gainDb === undefined || this.#length === 0) into.fill(0, i, end)
      else amplify(into.subarray(i, end), gainFactor(gainDb))
      i = end
    }
    this.#concealedMs += into.length / this.#perMs
  }
}
