import type { Codec } from '../../codec/codecs.ts'
import { REORDER_MS } from '../timeline.ts'

/** Written in pieces of 4 s of audio. */
const PIECE_MS = 4000

/**
 * Turns placed payloads into a stream of 16-bit little-endian PCM: silence in the gaps, and a window of `REORDER_MS`
 * held back for packets that come late. An hour needs no more memory than a minute.
 */
export class WavWindow {
  readonly #codec: Codec
  readonly #write: (pcm: Uint8Array) => void
  readonly #held: number
  readonly #samples: Int16Array
  /** Position of the window's first sample; unknown until something was written. */
  #base: number
  #started = false
  #length = 0

  /** @param write gets each piece in order; the bytes are reused after it returns */
  constructor(codec: Codec, write: (pcm: Uint8Array) => void) {
    const perMs = codec.clockRate / 1000
    this.#codec = codec
    this.#write = write
    this.#held = REORDER_MS * perMs
    this.#samples = new Int16Array(this.#held + PIECE_MS * perMs)
    this.#base = -this.#held
  }

  /**
   * @param start position of the earliest sample so far (`Timeline.start`)
   * @param position from `Timeline.place`
   */
  add(start: number, position: number, payload: Uint8Array): void {
    this.#reach(start, position + payload.length)
    const at = position - this.#base
    if (at >= 0) this.#codec.decode(payload, this.#samples.subarray(at, at + payload.length))
  }

  /** Writes the rest. @param end position after the last sample */
  finish(start: number, end: number): void {
    this.#reach(start, end)
    this.#shift(start, end - this.#base)
  }

  /** Samples written. */
  get length(): number {
    return this.#length
  }

  /** Makes room up to `end`, writing what no packet can reach any more. */
  #reach(start: number, end: number): void {
    while (end - this.#base > this.#samples.length)
      this.#shift(
        start,
        Math.min(
          this.#samples.length,
          Math.max(end - this.#base - this.#samples.length, this.#samples.length - this.#held),
        ),
      )
  }

  /** Writes the first `count` samples of the window and moves it on by as many. */
  #shift(start: number, count: number): void {
    const from = this.#started ? 0 : start - this.#base
    this.#started = true
    if (count > from) {
      this.#write(new Uint8Array(this.#samples.buffer, from * 2, (count - from) * 2))
      this.#length += count - from
    }
    this.#samples.copyWithin(0, count)
    this.#samples.fill(0, this.#samples.length - count)
    this.#base += count
  }
}
