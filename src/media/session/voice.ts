import { type Codec, codecs, type Encode } from '../codec/codecs.ts'
import { isKey, writeKeyTone } from '../codec/dtmf.ts'
import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { LONGEST_PACKET_MS, LONGEST_PAYLOAD_BYTES } from '../rtp/packet-limits.ts'
import type { EventReport } from '../rtp/telephone-event.ts'
import type { Ear } from './ear.ts'
import { EvenedSound } from './evened-sound.ts'
import { type KeyPacket, Keypad } from './keypad.ts'

/** Sound that is work is prepared so long before its deadline: a phase, in which others' packets are away. */
export const LEAD_MS = 5

/** What comes in on another session, evened out: it stands in the place of silence in a stream that is paced. */
export class Voice implements Ear {
  #codec: Codec
  #encode: Encode
  #sound: EvenedSound
  #keypad: Keypad
  #pcm: Int16Array
  /** The deadline of what is in `#pcm`. */
  #readAt = Number.NaN
  readonly #encoded = new Uint8Array(LONGEST_PAYLOAD_BYTES)
  /** The deadline of what is in `#encoded`. */
  #encodedAt = Number.NaN
  /** What comes speaks this. */
  #source: CodecName | undefined

  /** @param name of the codec in which it will be written, most likely */
  constructor(name: CodecName) {
    this.#codec = codecs[name]
    this.#encode = this.#codec.openEncoder()
    this.#sound = new EvenedSound(this.#codec.sampleRate)
    this.#pcm = new Int16Array((LONGEST_PACKET_MS * this.#codec.sampleRate) / 1000)
    this.#keypad = new Keypad(this.#codec.clockRate / 1000)
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    if (codec !== this.#source) {
      this.#source = codec
      this.#lead()
    }
    this.#sound.put(bytes, packet, codec, arrivedAt)
  }

  /** What passes by a table is made when it is sent; all else before, when nobody's packet waits for it. */
  get #isWork(): boolean {
    const source = this.#source ? codecs[this.#source] : this.#codec
    return !this.#codec.law || !source.law
  }

  /** Makes what is to be written at a deadline that is near. */
  prepare(name: CodecName, durationMs: number, at: number): void {
    if (name !== this.#codec.name) this.#change(codecs[name])
    if (!this.#isWork || at === this.#encodedAt) return
    this.#encode(this.#read(durationMs, at), this.#encoded.subarray(0, durationMs * this.#codec.bytesPerMs))
    this.#encodedAt = at
  }

  event(report: EventReport, _bytes: Buffer, { ssrc }: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const scale = this.#codec.clockRate / codecs[codec].clockRate
    if (isKey(report.code)) this.#keypad.hear(report, ssrc, arrivedAt, scale)
  }

  /** What the packet at the deadline `now` tells of a key, in place of audio; undefined: nothing. */
  key(durationMs: number, now: number): KeyPacket | undefined {
    return this.#keypad.next(now, (durationMs * this.#codec.clockRate) / 1000)
  }

  /**
   * Writes the next `durationMs` from byte `at` on. `now` is the deadline of what is written.
   * @param key sounds instead, for who knows no telephone-events
   */
  write(name: CodecName, durationMs: number, into: Buffer, at: number, now: number, key?: KeyPacket): void {
    if (name !== this.#codec.name) this.#change(codecs[name])
    const { clockRate, sampleRate, bytesPerMs } = this.#codec
    const payload = into.subarray(at, at + durationMs * bytesPerMs)
    if (!key && now === this.#encodedAt) return payload.set(this.#encoded.subarray(0, payload.length))
    // It has just begun: what there was no time to prepare is silence.
    if (!key && this.#isWork && Number.isNaN(this.#encodedAt)) return void payload.fill(this.#codec.silence)
    const pcm = this.#read(durationMs, now)
    if (key?.quiet) pcm.fill(0)
    else if (key) writeKeyTone(key.code, (key.before * sampleRate) / clockRate, sampleRate, pcm)
    this.#encode(pcm, payload)
  }

  /** Lets time pass that nobody hears. */
  skip(durationMs: number, now: number): void {
    this.#read(durationMs, now)
  }

  #read(durationMs: number, now: number): Int16Array {
    const pcm = this.#pcm.subarray(0, (durationMs * this.#codec.sampleRate) / 1000)
    if (now !== this.#readAt) this.#sound.read(pcm, now)
    this.#readAt = now
    return pcm
  }

  /** The stream goes on in another format; what was on its way at another rate is lost. */
  #change(codec: Codec): void {
    if (codec.sampleRate !== this.#codec.sampleRate) {
      this.#sound = new EvenedSound(codec.sampleRate)
      this.#pcm = new Int16Array((LONGEST_PACKET_MS * codec.sampleRate) / 1000)
    }
    // RFC 4733 §2.3: a press is told in timestamp units, which are others now.
    if (codec.clockRate !== this.#codec.clockRate) this.#keypad = new Keypad(codec.clockRate / 1000)
    this.#codec = codec
    this.#encode = codec.openEncoder()
    this.#encodedAt = Number.NaN
    this.#lead()
  }

  #lead(): void {
    this.#sound.leadMs = this.#isWork ? LEAD_MS : 0
  }
}
