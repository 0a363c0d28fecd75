import { amplify, type Codec, crossing, type Encode, gainFactor } from './codecs.ts'
import { LiveDecoder } from './live-decoder.ts'

/**
 * Payloads of one stream in another format, louder or softer by whole dB: for two legs that speak differently, and for a
 * take whose caller changes format halfway (it stays in the one that it began with).
 */
export class Transcoder {
  readonly from: Codec
  readonly to: Codec
  readonly #table: Uint8Array | undefined
  readonly #factor: number
  readonly #decoder: LiveDecoder
  readonly #encode: Encode

  constructor(from: Codec, to: Codec, gainDb = 0) {
    this.from = from
    this.to = to
    this.#table = from.law && to.law && crossing(from.law, to.law, gainDb)
    this.#factor = gainFactor(gainDb)
    this.#decoder = new LiveDecoder(from, to.sampleRate)
    this.#encode = to.openEncoder()
  }

  /** One law to the other costs no more than a copy; all else is work. */
  get isCheap(): boolean {
    return this.#table !== undefined
  }

  /** Writes the next payload in the other format, and returns how many bytes it has. */
  convert(payload: Uint8Array, into: Uint8Array): number {
    const table = this.#table
    if (table) {
      for (let i = 0; i < payload.length; i++) into[i] = table[payload[i] as number] as number
      return payload.length
    }
    const pcm = this.#decoder.decode(payload)
    if (this.#factor !== 1) amplify(pcm, this.#factor)
    const bytes = (pcm.length * 1000 * this.to.bytesPerMs) / this.to.sampleRate
    this.#encode(pcm, into.subarray(0, bytes))
    return bytes
  }
}
