import { codecs, crossing } from '../codec/codecs.ts'
import { Concealment } from '../codec/concealment.ts'
import type { CodecName } from '../engine.ts'
import { JitterBuffer } from '../jitter/jitter-buffer.ts'
import type { RtpPacket } from '../rtp/packet.ts'

/** Softer than this (of 32,767) nothing is missed: about −60 dBm0. */
const QUIET = 64
const MAX_PAYLOAD_BYTES = 1440
/** Timers have their own unevenness; what is more uneven makes the delay grow. */
const LEAST_DELAY_MS = 5
/** However short the packets are. */
const LEAST_WAIT_MS = 5

/** Packets in as they come, an even stream of any packet time out: a jitter buffer with concealment and one codec. */
export class EvenedSound {
  readonly #codec: CodecName
  readonly #buffer: JitterBuffer
  readonly #concealment: Concealment
  readonly #crossed = Buffer.alloc(MAX_PAYLOAD_BYTES)
  readonly #concealed = Buffer.alloc(MAX_PAYLOAD_BYTES)
  /** What was taken out of the buffer and not read yet: packet times may differ. */
  #rest: Uint8Array = this.#concealed.subarray(0, 0)

  /** Bytes of a packet that comes, and of what is read at once. */
  #comes = 0
  #reads = 0

  /** @param codec what is read */
  constructor(codec: CodecName) {
    const { clockRate, bytesPerMs } = codecs[codec]
    this.#codec = codec
    this.#concealment = new Concealment(codec)
    this.#buffer = new JitterBuffer({
      clockRate,
      durationOf: (payload) => payload.length / bytesPerMs,
      isSilent: quietIn(codec),
      minDelayMs: LEAST_DELAY_MS,
    })
  }

  put(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { timestamp, ssrc, payloadStart, payloadEnd } = packet
    if (payloadEnd - payloadStart !== this.#comes) this.#fit(payloadEnd - payloadStart, this.#reads)
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
    if (into.length !== this.#reads) this.#fit(this.#comes, into.length)
    for (let read = 0; read < into.length; ) {
      if (this.#rest.length === 0) {
        const waitMs = this.#refill(at + read / bytesPerMs)
        if (waitMs > 0) {
          const end = Math.min(read + waitMs * bytesPerMs, into.length)
          into.fill(silence, read, end)
          read = end
          continue
        }
      }
      const part = this.#rest.subarray(0, into.length - read)
      into.set(part, read)
      read += part.length
      this.#rest = this.#rest.subarray(part.length)
    }
  }

  /**
   * Where packet times do not fit, the end of what is read at once is in a packet that is asked for before its time, by
   * up to what is read less their common measure: all are held longer by so much.
   */
  #fit(comes: number, reads: number): void {
    this.#comes = comes
    this.#reads = reads
    const aheadMs = (reads - commonMeasure(reads, comes)) / codecs[this.#codec].bytesPerMs
    this.#buffer.minDelayMs = LEAST_DELAY_MS + (comes > 0 ? aheadMs : 0)
  }

  /** Takes out what is to be heard at `at`; returns for how many ms there is nothing, else 0. */
  #refill(at: number): number {
    const playout = this.#buffer.take(at)
    switch (playout.kind) {
      case 'play':
        this.#concealment.hear(playout.payload)
        this.#rest = playout.payload
        return 0
      case 'conceal':
        this.#rest = this.#concealed.subarray(0, playout.durationMs * codecs[this.#codec].bytesPerMs)
        this.#concealment.fill(this.#rest)
        return 0
      case 'wait':
        return Math.max(LEAST_WAIT_MS, playout.durationMs)
    }
  }
}

const commonMeasure = (a: number, b: number): number => (b === 0 ? a : commonMeasure(b, a % b))

function quietIn(name: CodecName): (payload: Uint8Array) => boolean {
  const pcm = new Int16Array(256)
  codecs[name].decode(
    Uint8Array.from({ length: 256 }, (_, code) => code),
    pcm,
  )
  const quiet = Array.from(pcm, (sample) => Math.abs(sample) <= QUIET)
  return (payload) => payload.every((code) => quiet[code])
}
