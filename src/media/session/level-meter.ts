import { codecs, type Decode } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Ear } from './ear.ts'

/** What is kept of the sound between two readings: more comes only from who floods, and adds nothing to a peak. */
const KEPT_MS = 400
const FULL_SCALE = 32_768
/** As an `openEar` has it. */
const SAMPLES_PER_MS = 8

/**
 * How loud it is on a session. It copies what comes and measures it when it is read: a reading is taken when no
 * packet of a caller waits, and what a copy costs can't be seen in when the caller's own packet leaves.
 */
export class LevelMeter implements Ear {
  #codec: CodecName | undefined
  #decode: Decode = () => {}
  #kept: Buffer[] = []
  #keptMs = 0

  audio(bytes: Buffer, { payloadStart, payloadEnd }: RtpPacket, codec: CodecName): void {
    if (codec !== this.#codec) this.#begin(codec)
    const payload = bytes.subarray(payloadStart, payloadEnd)
    const durationMs = codecs[codec].durationOf(payload)
    if (this.#keptMs + durationMs > KEPT_MS) return
    this.#kept.push(Buffer.from(payload))
    this.#keptMs += durationMs
  }

  event(): void {}

  /** The greatest amplitude since the last reading, from 0 to 1 (full scale); 0 where nothing came. */
  read(): number {
    let peak = 0
    for (const payload of this.#kept) {
      const { durationOf } = codecs[this.#codec ?? 'PCMU']
      const samples = new Int16Array(durationOf(payload) * SAMPLES_PER_MS)
      this.#decode(payload, samples)
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
    }
    this.#kept = []
    this.#keptMs = 0
    return peak / FULL_SCALE
  }

  #begin(codec: CodecName): void {
    this.#codec = codec
    this.#decode = codecs[codec].openEar()
    this.#kept = []
    this.#keptMs = 0
  }
}
