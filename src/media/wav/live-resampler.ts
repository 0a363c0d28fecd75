import { saturate } from '../codec/saturate.ts'
import { filterFor } from './resample.ts'

/**
 * Brings PCM from one rate to another as it comes, piece by piece, late by half the filter (2 ms between 8 and 16 kHz).
 * Each piece must be whole at both rates.
 */
export class LiveResampler {
  readonly #filter: ReturnType<typeof filterFor> | undefined
  /** The last samples of what came before, then the piece. */
  #line: Int16Array

  constructor(from: number, to: number) {
    this.#filter = from === to ? undefined : filterFor(from, to)
    this.#line = new Int16Array(this.#filter?.width ?? 0)
  }

  /** Fills `out` with what `pcm` goes on with. */
  run(pcm: Int16Array, out: Int16Array): void {
    const filter = this.#filter
    if (!filter) return out.set(pcm)
    const { width, up, down, taps } = filter
    if (this.#line.length < width + pcm.length) {
      const longer = new Int16Array(width + pcm.length)
      longer.set(this.#line.subarray(0, width))
      this.#line = longer
    }
    const line = this.#line
    line.set(pcm, width)
    for (let i = 0; i < out.length; i++) {
      const position = i * down
      const start = Math.floor(position / up) + 1
      const row = (position % up) * width
      let sum = 0
      for (let tap = 0; tap < width; tap++) sum += (taps[row + tap] as number) * (line[start + tap] as number)
      out[i] = saturate(Math.round(sum))
    }
    line.copyWithin(0, pcm.length, pcm.length + width)
  }
}
