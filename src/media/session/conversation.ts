import { codecs } from '../codec/codecs.ts'
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
  readonly #codec: CodecName
  readonly #ssrc: number
  readonly #incoming: EvenedSound
  #sequence = 0

  /** @param codec that of the take */
  constructor(take: Take, codec: CodecName, ssrc: number) {
    this.#take = take
    this.#codec = codec
    this.#ssrc = ssrc
    this.#incoming = new EvenedSound(codec)
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
    const { bytesPerMs, decode, encode } = codecs[this.#codec]
    const mixed = new Uint8Array(ptimeMs * bytesPerMs)
    this.#incoming.read(mixed, at)
    const incoming = new Int16Array(mixed.length)
    decode(mixed, incoming)
    if (sent) {
      const outgoing = new Int16Array(mixed.length)
      codecs[codec].decode(sent, outgoing)
      for (const [i, sample] of outgoing.entries())
        incoming[i] = Math.max(-32_768, Math.min(32_767, (incoming[i] ?? 0) + sample))
    }
    encode(incoming, mixed)
    this.#take.packet(at, this.#sequence, timestamp, this.#ssrc, mixed)
    this.#sequence = (this.#sequence + 1) & 0xffff
  }

  stop(): void {
    this.#take.stop()
  }
}
