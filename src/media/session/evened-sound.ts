import { type Codec, codecs, type Decode } from '../codec/codecs.ts'
import { Concealment } from '../codec/concealment.ts'
import type { CodecName } from '../engine.ts'
import { JitterBuffer } from '../jitter/jitter-buffer.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { LONGEST_PACKET_MS } from '../rtp/packet-limits.ts'
import { LiveResampler } from '../wav/live-resampler.ts'

/** Softer than this (of 32,767) nothing is missed: about −60 dBm0. */
const QUIET = 64
/** Timers have their own unevenness; what is more uneven makes the delay grow. */
const LEAST_DELAY_MS = 5
/** However short the packets are. */
const LEAST_WAIT_MS = 5

/** Packets in as they come, an even stream of PCM out: a jitter buffer with concealment, a decoder and one sample rate. */
export class EvenedSound {
  readonly #perMs: number
  /** So long before its moment sound may be asked for. */
  #leadMs = 0
  #source: Source | undefined
  readonly #piece: Int16Array
  /** What was taken out of the buffer and not read yet: packet times may differ. */
  #rest: Int16Array
  /** Samples of a packet that comes, and of what is read at once. */
  #comes = 0
  #reads = 0

  /** @param sampleRate of what is read */
  constructor(sampleRate: number) {
    this.#perMs = sampleRate / 1000
    this.#piece = new Int16Array(LONGEST_PACKET_MS * this.#perMs)
    this.#rest = this.#piece.subarray(0, 0)
  }

  set leadMs(leadMs: number) {
    if (leadMs === this.#leadMs) return
    this.#leadMs = leadMs
    this.#setDelay()
  }

  put(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { timestamp, ssrc, payloadStart, payloadEnd } = packet
    if (this.#source?.codec.name !== codec)
      this.#source = new Source(codecs[codec], this.#perMs * 1000, this.#leadMs)
    const payload = bytes.subarray(payloadStart, payloadEnd)
    this.#fit(this.#source.codec.durationOf(payload) * this.#perMs, this.#reads)
    this.#source.buffer.put(arrivedAt, timestamp, ssrc, payload)
  }

  /** Fills `into` with what is to be heard from `at` on. */
  read(into: Int16Array, at: number): void {
    this.#fit(this.#comes, into.length)
    for (let read = 0; read < into.length; ) {
      if (this.#rest.length === 0) {
        const waitMs = this.#refill(at + read / this.#perMs)
        if (waitMs > 0) {
          const end = Math.min(read + Math.round(waitMs * this.#perMs), into.length)
          into.fill(0, read, end)
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
    if (comes === this.#comes && reads === this.#reads) return
    this.#comes = comes
    this.#reads = reads
    this.#setDelay()
  }

  #setDelay(): void {
    const aheadMs = (this.#reads - commonMeasure(this.#reads, this.#comes)) / this.#perMs
    if (!this.#source) return
    this.#source.buffer.minDelayMs = LEAST_DELAY_MS + this.#leadMs + (this.#comes > 0 ? aheadMs : 0)
  }

  /** Takes out what is to be heard at `at`; returns for how many ms there is nothing, else 0. */
  #refill(at: number): number {
    if (!this.#source) return LEAST_WAIT_MS
    const playout = this.#source.buffer.take(at)
    if (playout.kind === 'wait') return Math.max(LEAST_WAIT_MS, playout.durationMs)
    this.#rest = this.#piece.subarray(0, playout.durationMs * this.#perMs)
    if (playout.kind === 'play') this.#source.play(playout.payload, this.#rest)
    else this.#source.conceal(playout.following, this.#rest)
    return 0
  }
}

const commonMeasure = (a: number, b: number): number => (b === 0 ? a : commonMeasure(b, a % b))

/** A stream in one format. */
class Source {
  readonly codec: Codec
  readonly buffer: JitterBuffer
  readonly #decode: Decode
  readonly #concealment: Concealment
  readonly #resampler: LiveResampler
  readonly #sampleRate: number
  readonly #concealed: Int16Array
  readonly #samples: Int16Array
  /** The payload whose sound is in `#samples`: it may be asked for before it is played. */
  #decoded: Uint8Array | undefined

  /** @param sampleRate of what is written */
  constructor(codec: Codec, sampleRate: number, leadMs: number) {
    this.codec = codec
    this.#sampleRate = sampleRate
    this.buffer = new JitterBuffer({
      clockRate: codec.clockRate,
      durationOf: (payload) => codec.durationOf(payload),
      isSilent: (payload) => this.#pcmOf(payload).every((sample) => Math.abs(sample) <= QUIET),
      minDelayMs: LEAST_DELAY_MS + leadMs,
    })
    this.#decode = codec.openDecoder()
    this.#concealment = new Concealment(codec.sampleRate)
    this.#resampler = new LiveResampler(codec.sampleRate, sampleRate)
    this.#samples = new Int16Array((LONGEST_PACKET_MS * codec.sampleRate) / 1000)
    this.#concealed = new Int16Array(this.#samples.length)
  }

  /** Fills `into` with what a payload holds. */
  play(payload: Uint8Array, into: Int16Array): void {
    const pcm = this.#pcmOf(payload)
    this.#concealment.hear(pcm)
    this.#resampler.run(pcm, into)
  }

  /** Fills `into` with what stands in for a payload that is missing. */
  conceal(following: Uint8Array | undefined, into: Int16Array): void {
    const pcm = this.#concealed.subarray(0, (into.length * this.codec.sampleRate) / this.#sampleRate)
    if (this.#decode.conceal) this.#decode.conceal(pcm, following)
    else this.#concealment.fill(pcm)
    this.#resampler.run(pcm, into)
  }

  #pcmOf(payload: Uint8Array): Int16Array {
    const pcm = this.#samples.subarray(0, (this.codec.durationOf(payload) * this.codec.sampleRate) / 1000)
    if (this.#decoded !== payload) this.#decode(payload, pcm)
    this.#decoded = payload
    return pcm
  }
}
