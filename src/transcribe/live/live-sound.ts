import { codecs } from '../../media/codec/codecs.ts'
import { LiveDecoder } from '../../media/codec/live-decoder.ts'
import type { SoundPacket } from '../../media/recorder/recorder.ts'
import { Timeline } from '../../media/recorder/timeline.ts'

/** Silence is put in by pieces of this length at most. */
const PIECE_MS = 1000

/**
 * Packets of a take to PCM of one rate, on the same time axis as the recording has: gaps are silence. Nothing waits for what
 * comes late: who reads along wants it now, and the recording has it anyway.
 */
export class LiveSound {
  readonly #sampleRate: number
  #stream: { readonly decoder: LiveDecoder; readonly timeline: Timeline; readonly from: number } | undefined
  #firstAt: number | undefined
  /** Samples given so far. */
  #given = 0

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate
  }

  /** @returns what follows what was given before */
  *decode(packets: readonly SoundPacket[]): Generator<Int16Array> {
    for (const { codec, arrivedAt, sequence, timestamp, ssrc, payload } of packets) {
      if (this.#stream?.decoder.codec.name !== codec)
        this.#stream = {
          decoder: new LiveDecoder(codecs[codec], this.#sampleRate),
          timeline: new Timeline(codecs[codec].clockRate),
          from: this.#given,
        }
      const { decoder, timeline, from } = this.#stream
      const { clockRate } = decoder.codec
      this.#firstAt ??= arrivedAt
      const units = (decoder.codec.durationOf(payload) * clockRate) / 1000
      const position = timeline.place(arrivedAt - this.#firstAt, sequence, timestamp, ssrc, units)
      if (position === undefined) continue
      const at = from + Math.round((position * this.#sampleRate) / clockRate)
      if (at < this.#given) continue
      yield* this.#silence(at - this.#given)
      const pcm = decoder.decode(payload).slice()
      this.#given = at + pcm.length
      yield pcm
    }
  }

  *#silence(samples: number): Generator<Int16Array> {
    const piece = (PIECE_MS * this.#sampleRate) / 1000
    for (let rest = samples; rest > 0; rest -= piece) yield new Int16Array(Math.min(rest, piece))
  }
}
