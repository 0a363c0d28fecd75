import { amplify, type Codec, crossing, type Encode, gainFactor } from './codecs.ts'
import { LiveDecoder } from './live-decoder.ts'

/** 120 ms at 64 kbit/s. */
const MOST_BYTES = 960

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
  readonly #converted = new Uint8Array(MOST_BYTES)

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

  /**
   * Gives the next payload in the other format: one, or several where that has no packets so long. They are lent.
   * @param each gets a payload, and at how many ms of the whole it begins
   */
  convert(payload: Uint8Array, each: (payload: Uint8Array, atMs: number) => void): void {
    const into = this.#converted
    const table = this.#table
    if (table) {
      for (let i = 0; i < payload.length; i++) into[i] = table[payload[i] as number] as number
      return each(into.subarray(0, payload.length), 0)
    }
    const pcm = this.#decoder.decode(payload)
    if (this.#factor !== 1) amplify(pcm, this.#factor)
    const { sampleRate, bytesPerMs } = this.to
    const durationMs = (pcm.length * 1000) / sampleRate
    const lengths = this.to.framesMs ?? [durationMs]
    const shortestMs = lengths.at(-1) as number
    this.#encode(pcm, into.subarray(0, Math.ceil(durationMs / shortestMs) * shortestMs * bytesPerMs))
    for (let atMs = 0; atMs < durationMs; ) {
      const endMs = atMs + (lengths.find((ms) => ms <= durationMs - atMs) ?? shortestMs)
      each(into.subarray(atMs * bytesPerMs, endMs * bytesPerMs), atMs)
      atMs = endMs
    }
  }
}
