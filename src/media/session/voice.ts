import { codecs, crossing } from '../codec/codecs.ts'
import { isKey, writeKeyTone } from '../codec/dtmf.ts'
import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { EventReport } from '../rtp/telephone-event.ts'
import type { Ear } from './ear.ts'
import { EvenedSound } from './evened-sound.ts'
import { type KeyPacket, Keypad } from './keypad.ts'

const MAX_PAYLOAD_BYTES = 1440

/** What comes in on another session, evened out: it stands in the place of silence in a stream that is paced. */
export class Voice implements Ear {
  readonly #codec: CodecName
  readonly #sound: EvenedSound
  readonly #keypad: Keypad
  readonly #unheard = Buffer.alloc(MAX_PAYLOAD_BYTES)

  /** @param codec in which it will be written, most likely */
  constructor(codec: CodecName) {
    this.#codec = codec
    this.#sound = new EvenedSound(codec)
    this.#keypad = new Keypad(codecs[codec].clockRate / 1000)
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    this.#sound.put(bytes, packet, codec, arrivedAt)
  }

  event(report: EventReport, _bytes: Buffer, { ssrc }: RtpPacket, arrivedAt: number): void {
    if (isKey(report.code)) this.#keypad.hear(report, ssrc, arrivedAt)
  }

  /** What the packet at the deadline `now` tells of a key, in place of audio; undefined: nothing. */
  key(durationMs: number, now: number): KeyPacket | undefined {
    return this.#keypad.next(now, (durationMs * codecs[this.#codec].clockRate) / 1000)
  }

  /**
   * Writes the next `durationMs` from byte `at` on. `now` is the deadline of what is written.
   * @param key sounds instead, for who knows no telephone-events
   */
  write(codec: CodecName, durationMs: number, into: Buffer, at: number, now: number, key?: KeyPacket): void {
    const written = into.subarray(at, at + durationMs * codecs[codec].bytesPerMs)
    this.#sound.read(written, now)
    if (key?.quiet) written.fill(codecs[codec].silence)
    else if (key) writeKeyTone(key.code, key.before, codecs[codec], written)
    else if (codec !== this.#codec) cross(written, crossing(this.#codec, codec))
  }

  /** Lets time pass that nobody hears. */
  skip(durationMs: number, now: number): void {
    this.#sound.read(this.#unheard.subarray(0, durationMs * codecs[this.#codec].bytesPerMs), now)
  }
}

function cross(codes: Uint8Array, table: Uint8Array): void {
  for (let i = 0; i < codes.length; i++) codes[i] = table[codes[i] ?? 0] ?? 0
}
