import { type Codec, codecs, type Encode, rescale } from '../codec/codecs.ts'
import { LiveDecoder } from '../codec/live-decoder.ts'
import { saturate } from '../codec/saturate.ts'
import type { CodecName, Flow } from '../engine.ts'
import type { Take } from '../recorder/recorder.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Ear } from './ear.ts'
import { EvenedSound } from './evened-sound.ts'

/**
 * A take of both sides: what comes in, evened out, and what is sent, mixed at the deadlines of what is sent. The take
 * gets it as packets of a stream that nobody sends.
 */
export class Conversation implements Ear {
  readonly #take: Take
  readonly #codec: Codec
  readonly #encode: Encode
  readonly #ssrc: number
  readonly #incoming: EvenedSound
  #outgoing: LiveDecoder | undefined
  #sequence = 0

  /** @param codec that of the take */
  constructor(take: Take, codec: CodecName, ssrc: number) {
    this.#take = take
    this.#codec = codecs[codec]
    this.#encode = this.#codec.openEncoder()
    this.#ssrc = ssrc
    this.#incoming = new EvenedSound(this.#codec.sampleRate)
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    this.#incoming.put(bytes, packet, codec, arrivedAt)
  }

  event(): void {}

  /**
   * One packet time has been sent, or would have been.
   * @param at its deadline
   * @param timestamp of our stream
   * @param sent its audio; undefined when there was none
   */
  add({ codec, ptimeMs }: Flow, at: number, timestamp: number, sent: Uint8Array | undefined): void {
    const { bytesPerMs, sampleRate } = this.#codec
    const mixed = new Int16Array((ptimeMs * sampleRate) / 1000)
    this.#incoming.read(mixed, at)
    if (sent) {
      if (this.#outgoing?.codec.name !== codec) this.#outgoing = new LiveDecoder(codecs[codec], sampleRate)
      for (const [i, sample] of this.#outgoing.decode(sent).entries())
        mixed[i] = saturate((mixed[i] ?? 0) + sample)
    }
    const payload = new Uint8Array(ptimeMs * bytesPerMs)
    this.#encode(mixed, payload)
    const placed = rescale(timestamp, codecs[codec], this.#codec)
    this.#take.packet(at, this.#sequence, placed, this.#ssrc, payload)
    this.#sequence = (this.#sequence + 1) & 0xffff
  }

  stop(): void {
    this.#take.stop()
  }
}
