import type { CodecName } from '../engine.ts'
import { codecs, crossing } from './codecs.ts'

/** 100 ms, the longest packet that is taken in. */
const MAX_BYTES = 800
/** The level of each further 20 ms, below what was heard; then silence. */
const FADE_DB = [-2, -6, -12, -20]
const STEP_MS = 20

/** Stands in for what is missing: what was heard last, again and ever softer (a plain relative of G.711 appendix I). */
export class Concealment {
  readonly #codec: CodecName
  readonly #last = Buffer.alloc(MAX_BYTES)
  #length = 0
  #concealedMs = 0

  constructor(codec: CodecName) {
    this.#codec = codec
  }

  /** This was there, and is played. */
  hear(payload: Uint8Array): void {
    this.#length = Math.min(payload.length, MAX_BYTES)
    this.#last.set(payload.subarray(0, this.#length))
    this.#concealedMs = 0
  }

  /** Fills `into` in place of what is missing. */
  fill(into: Uint8Array): void {
    const { bytesPerMs, silence } = codecs[this.#codec]
    for (let i = 0; i < into.length; i++) {
      const gainDb = FADE_DB[Math.floor((this.#concealedMs + i / bytesPerMs) / STEP_MS)]
      if (gainDb === undefined || this.#length === 0) into[i] = silence
      else into[i] = crossing(this.#codec, this.#codec, gainDb)[this.#last[i % this.#length] ?? 0] ?? 0
    }
    this.#concealedMs += into.length / bytesPerMs
  }
}
