import { codecs, crossing } from '../codec/codecs.ts'
import { Concealment } from '../codec/concealment.ts'
import type { CodecName } from '../engine.ts'
import { JitterBuffer } from '../jitter/jitter-buffer.ts'
import type { RtpPacket } from '../rtp/packet.ts'

/** Softer than this (of 32,767) nothing is missed: about −60 dBm0. */
const QUIET = 64
const MAX_PAYLOAD_BYTES = 1440

/** Packets in as they come, an even stream of any packet time out: a jitter buffer with concealment and one codec. */
export class EvenedSound {
  readonly #codec: CodecName
  readonly #buffer: JitterBuffer
  readonly #concealment: Concealment
  readonly #crossed = Buffer.alloc(MAX_PAYLOAD_BYTES)
  readonly #concealed = Buffer.alloc(MAX_PAYLOAD_BYTES)
  /** What was taken out of the buffer and not read yet: packet times may differ. */
  #rest: Uint8Array = this.#concealed.subarray(0, 0)

  /** @param codec what is read */
  constructor(codec: CodecName) {
    const { clockRate, bytesPerMs } = codecs[codec]
    this.#codec = codec
    this.#concealment = new Concealment(codec)
    this.#buffer = new JitterBuffer({
      clockRate,
      durationOf: (payload) => payload.length / bytesPerMs,
      isSilent: quietIn(codec),
    })
  }

  put(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { timestamp, ssrc, payloadStart, payloadEnd } = packet
    if (codec === this.#codec) {
      this.#buffer.put(arrivedAt, timestamp, ssrc, bytes.subarray(payloadStart, payloadEnd))
      return
    }
    const table = crossing(codec, this.#codec)
    const length = payloadEnd - payloadStart
    for (let i = 0; i < length; i++) this.#crossed[i] = table[bytes[payloadStart + i] ?? 0] ?? 0
    this.#buffer.put(arrivedAt, timestamp, ssrc, this.#crossed.subarray(0, length))
  }

  /** Fills `into` with what is to be heard from `at` on. */
  read(into: Uint8Array, at: number): void {
    const { bytesPerMs, silence } = codecs[this.#codec]
    let read = 0
    while (read < into.length) {
      if (this.#rest.length === 0 && !this.#refill(at + read / bytesPerMs)) break
      const part = this.#rest.subarray(0, into.length - read)
      into.set(part, read)
      read += part.length
      this.#rest = this.#rest.subarray(part.length)
    }
    into.fill(silence, read)
  }

  /** False when there is nothing to be heard at `at`. */
  #refill(at: number): boolean {
    const playout = this.#buffer.take(at)
    switch (playout.kind) {
      case 'play':
        this.#concealment.hear(playout.payload)
        this.#rest = playout.payload
        return true
      case 'conceal':
        this.#rest = this.#concealed.subarray(0, playout.durationMs * codecs[this.#codec].bytesPerMs)
        this.#concealment.fill(this.#rest)
        return true
      case 'wait':
        return false
    }
  }
}

function quietIn(name: CodecName): (payload: Uint8Array) => boolean {
  const pcm = new Int16Array(256)
  codecs[name].decode(
    Uint8Array.from({ length: 256 }, (_, code) => code),
    pcm,
  )
  const quiet = Array.from(pcm, (sample) => Math.abs(sample) <= QUIET)
  return (payload) => payload.every((code) => quiet[code])
}
