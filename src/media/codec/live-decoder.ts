import { LONGEST_PACKET_MS } from '../rtp/packet-limits.ts'
import { LiveResampler } from '../wav/live-resampler.ts'
import type { Codec, Decode } from './codecs.ts'

/** Payloads of one stream to PCM of any rate. */
export class LiveDecoder {
  readonly codec: Codec
  readonly #decode: Decode
  readonly #resampler: LiveResampler
  readonly #decoded: Int16Array
  readonly #resampled: Int16Array
  readonly #perMs: number

  constructor(codec: Codec, sampleRate: number) {
    this.codec = codec
    this.#decode = codec.openDecoder()
    this.#resampler = new LiveResampler(codec.sampleRate, sampleRate)
    this.#perMs = sampleRate / 1000
    this.#decoded = new Int16Array((LONGEST_PACKET_MS * codec.sampleRate) / 1000)
    this.#resampled = new Int16Array(LONGEST_PACKET_MS * this.#perMs)
  }

  /** The samples of the next payload, lent until the next call. */
  decode(payload: Uint8Array): Int16Array {
    const durationMs = this.codec.durationOf(payload)
    const decoded = this.#decoded.subarray(0, (durationMs * this.codec.sampleRate) / 1000)
    const resampled = this.#resampled.subarray(0, durationMs * this.#perMs)
    this.#decode(payload, decoded)
    this.#resampler.run(decoded, resampled)
    return resampled
  }
}
