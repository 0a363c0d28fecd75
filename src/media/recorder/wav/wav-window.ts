import type { Codec, Decode } from '../../codec/codecs.ts'
import { REORDER_MS } from '../timeline.ts'

/** Written in pieces of 4 s of audio. */
const PIECE_MS = 4000

/** Longer than three packets, and what would stand in would be an invention. */
const LONGEST_FILLED_MS = 60

/** A payload that waits for those that may still come before it. */
interface Waiting {
  readonly at: number
  readonly end: number
  readonly payload: Uint8Array
}

/**
 * Turns placed payloads into a stream of 16-bit little-endian PCM: silence in the gaps, and a window of `REORDER_MS`
 * held back for packets that come late, so that they are decoded in their order. An hour needs no more memory than a
 * minute. Places are given in the codec's timestamp units.
 */
export class WavWindow {
  readonly #codec: Codec
  readonly #decode: Decode
  readonly #write: (pcm: Uint8Array) => void
  readonly #samplesPerUnit: number
  readonly #held: number
  readonly #longestFilled: number
  /** Position after what was decoded last. */
  #decodedTo = Number.NEGATIVE_INFINITY
  readonly #samples: Int16Array
  /** In order of their places, in samples. */
  #waiting: Waiting[] = []
  /** Position of the window's first sample; unknown until something was written. */
  #base: number
  #started = false
  #length = 0

  /** @param write gets each piece in order; the bytes are reused after it returns */
  constructor(codec: Codec, write: (pcm: Uint8Array) => void) {
    const perMs = codec.sampleRate / 1000
    this.#codec = codec
    this.#decode = codec.openDecoder()
    this.#samplesPerUnit = codec.sampleRate / codec.clockRate
    this.#write = write
    this.#held = REORDER_MS * perMs
    this.#longestFilled = LONGEST_FILLED_MS * perMs
    this.#samples = new Int16Array(this.#held + PIECE_MS * perMs)
    this.#base = -this.#held
  }

  /**
   * @param start position of the earliest sample so far (`Timeline.start`)
   * @param position from `Timeline.place`
   * @param payload is copied
   */
  add(start: number, position: number, payload: Uint8Array): void {
    const at = this.#sampleAt(position)
    const end = at + (this.#codec.durationOf(payload) * this.#codec.sampleRate) / 1000
    this.#reach(this.#sampleAt(start), end)
    if (at < this.#base) return
    const before = this.#waiting.findLastIndex((waiting) => waiting.at <= at)
    this.#waiting.splice(before + 1, 0, { at, end, payload: new Uint8Array(payload) })
  }

  /** Writes the rest. @param end position after the last sample */
  finish(start: number, end: number): void {
    this.#reach(this.#sampleAt(start), this.#sampleAt(end))
    this.#shift(this.#sampleAt(start), this.#sampleAt(end) - this.#base)
  }

  /** Samples written. */
  get length(): number {
    return this.#length
  }

  #sampleAt(position: number): number {
    return Math.round(position * this.#samplesPerUnit)
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
    this.#decodeUntil(this.#base + count)
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

  /** A short gap is filled where the format can: the packet after it may tell what was lost. A long one is a pause. */
  #fillGap(at: number, following: Uint8Array): void {
    const from = this.#decodedTo
    if (!this.#decode.conceal || at <= from || at - from > this.#longestFilled || from < this.#base) return
    this.#decode.conceal(this.#samples.subarray(from - this.#base, at - this.#base), following)
  }

  #decodeUntil(position: number): void {
    let count = 0
    for (const { at, end, payload } of this.#waiting) {
      if (at >= position) break
      this.#fillGap(at, payload)
      this.#decode(payload, this.#samples.subarray(at - this.#base, end - this.#base))
      this.#decodedTo = end
      count++
    }
    this.#waiting.splice(0, count)
  }
}
