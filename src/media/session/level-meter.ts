import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Ear } from './ear.ts'

/** What is kept of the sound between two readings: more comes only from who floods, and adds nothing to a peak. */
const KEPT_MS = 400
const FULL_SCALE = 32_768

/**
 * How loud it is on a session. It copies what comes and measures it when it is read: a reading is taken when no
 * packet of a caller waits, and what a copy costs can't be seen in when the caller's own packet leaves.
 */
export class LevelMeter implements Ear {
  #codec: CodecName = 'PCMU'
  #kept = new Uint8Array(0)
  #keptBytes = 0

  audio(bytes: Buffer, { payloadStart, payloadEnd }: RtpPacket, codec: CodecName): void {
    if (codec !== this.#codec || this.#kept.length === 0) this.#begin(codec)
    const until = Math.min(payloadEnd, payloadStart + this.#kept.length - this.#keptBytes)
    this.#kept.set(bytes.subarray(payloadStart, until), this.#keptBytes)
    this.#keptBytes += until - payloadStart
  }

  event(): void {}

  /** The greatest amplitude since the last reading, from 0 to 1 (full scale); 0 where nothing came. */
  read(): number {
    const samples = new Int16Array(this.#keptBytes)
    codecs[this.#codec].decode(this.#kept.subarray(0, this.#keptBytes), samples)
    this.#keptBytes = 0
    let peak = 0
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
    return peak / FULL_SCALE
  }

  #begin(codec: CodecName): void {
    this.#codec = codec
    this.#kept = new Uint8Array(KEPT_MS * codecs[codec].bytesPerMs)
    this.#keptBytes = 0
  }
}
