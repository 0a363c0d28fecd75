import { codecs, crossing } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Ear } from './ear.ts'
import { EvenedSound } from './evened-sound.ts'

/** What comes in on another session, evened out: it stands in the place of silence in a stream that is paced. */
export class Voice implements Ear {
  readonly #codec: CodecName
  readonly #sound: EvenedSound
  readonly #nobody = Buffer.alloc(1440)

  /** @param codec in which it will be written, most likely */
  constructor(codec: CodecName) {
    this.#codec = codec
    this.#sound = new EvenedSound(codec)
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    this.#sound.put(bytes, packet, codec, arrivedAt)
  }

  event(): void {}

  /** Writes the next `durationMs` from byte `at` on. `now` is the deadline of what is written. */
  write(codec: CodecName, durationMs: number, into: Buffer, at: number, now: number): void {
    const written = into.subarray(at, at + durationMs * codecs[codec].bytesPerMs)
    this.#sound.read(written, now)
    if (codec === this.#codec) return
    const table = crossing(this.#codec, codec)
    for (const [i, code] of written.entries()) written[i] = table[code] ?? 0
  }

  /** Lets time pass that nobody hears. */
  skip(durationMs: number, now: number): void {
    this.#sound.read(this.#nobody.subarray(0, durationMs * codecs[this.#codec].bytesPerMs), now)
  }
}
