import { type Codec, codecs, type Decode } from '../codec/codecs.ts'
import { KeyTones } from '../codec/key-tones.ts'
import type { CodecName, Flow } from '../engine.ts'
import { DIGITS, type Digit, EVENT_LOST_MS } from '../rtp/telephone-event.ts'
import { RealTime } from './real-time.ts'

/**
 * Where keys are heard in the sound itself: only where the other side can't tell of them beside it (RFC 4733), and not in
 * Opus, which makes of two tones what it makes of a voice.
 */
export const hearsTones = ({ codec, eventPayloadType }: Flow): boolean =>
  eventPayloadType === undefined && codec !== 'opus'

/** Hears the keys in what one side sends, packet by packet. Digits are told when the key is let go. */
export class ToneEar {
  readonly #codec: Codec
  readonly #decode: Decode
  readonly #keys = new KeyTones()
  /** Who floods is not to keep the thread busy. */
  readonly #pace = new RealTime()
  readonly #onDigit: (digit: Digit) => void
  #pcm = new Int16Array(160)
  #heardAt = Number.NEGATIVE_INFINITY

  constructor(codec: CodecName, onDigit: (digit: Digit) => void) {
    this.#codec = codecs[codec]
    this.#decode = this.#codec.openEar()
    this.#onDigit = onDigit
  }

  get codec(): CodecName {
    return this.#codec.name
  }

  /** A payload came; `bytes` is read before this returns. */
  hear(bytes: Buffer, start: number, end: number, at: number): void {
    const durationMs = this.#codec.durationOf(bytes, start, end)
    if (durationMs === 0 || !this.#pace.admits(durationMs, at)) return
    const samples = Math.floor(durationMs * 8)
    if (this.#pcm.length !== samples) this.#pcm = new Int16Array(samples)
    this.#decode(bytes.subarray(start, end), this.#pcm)
    this.#heardAt = at
    this.#keys.hear(this.#pcm, this.#tell)
  }

  /** Lets time pass: who sends nothing more has let go. */
  tick(now: number): void {
    if (now - this.#heardAt >= EVENT_LOST_MS) this.#keys.end(this.#tell)
  }

  readonly #tell = ({ code, durationMs }: { readonly code: number; readonly durationMs: number }) =>
    this.#onDigit({ digit: DIGITS[code] ?? '', durationMs, inBand: true })
}
