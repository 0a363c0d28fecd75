import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { RTP_HEADER_BYTES, writeRtpHeader } from '../rtp/packet.ts'
import type { Player } from './player.ts'

/** The random start of a stream (RFC 3550 §5.1), given from outside so that a run can be repeated. */
export interface StreamIdentity {
  readonly ssrc: number
  /** Below 2^15, so that SRTP's first roll-over is unmistakable (RFC 3711 §3.3.1). */
  readonly firstSequence: number
  readonly firstTimestamp: number
}

/** A socket may still be reading a packet when the next is written. */
const BUFFERS = 4
const MAX_PAYLOAD_BYTES = 1440

/**
 * The one outbound stream of a leg: the same SSRC from beginning to end, one sequence number per packet sent, and a
 * timestamp that follows the sampling clock even while nothing is sent (RFC 3550 §5.1). Silence is sent as audio.
 */
export class Outbound {
  readonly #player: Player
  readonly #identity: StreamIdentity
  readonly #buffers = Array.from({ length: BUFFERS }, () =>
    Buffer.alloc(RTP_HEADER_BYTES + MAX_PAYLOAD_BYTES),
  )
  /** Per buffer, the codec whose silence fills it: a packet of silence then needs a new header only. */
  readonly #silent: (CodecName | undefined)[] = []
  #turn = 0
  #sequence: number
  #timestamp: number
  /** The next packet begins a talkspurt: the first of all, or the first after an interruption (RFC 3551 §4.1). */
  #marker = true
  packetsSent = 0
  payloadBytesSent = 0
  /** Length of the packet that `next` returned. */
  packetBytes = 0

  constructor(identity: StreamIdentity, player: Player) {
    this.#identity = identity
    this.#player = player
    this.#sequence = identity.firstSequence
    this.#timestamp = identity.firstTimestamp
  }

  get ssrc(): number {
    return this.#identity.ssrc
  }

  /** The timestamp of the next packet's first sample. */
  get timestamp(): number {
    return this.#timestamp
  }

  /** The next packet; its first `packetBytes` bytes count. It may be read until three more were asked for. */
  next(codec: CodecName, payloadType: number, ptimeMs: number): Buffer {
    const { bytesPerMs, clockRate, silence } = codecs[codec]
    const payloadBytes = ptimeMs * bytesPerMs
    const turn = this.#turn
    const packet = this.#buffers[turn] as Buffer
    this.#turn = (turn + 1) % BUFFERS

    writeRtpHeader(packet, this.#marker, payloadType, this.#sequence, this.#timestamp, this.ssrc)
    if (this.#player.advance(codec)) {
      this.#player.write(codec, ptimeMs, packet, RTP_HEADER_BYTES)
      this.#silent[turn] = undefined
    } else if (this.#silent[turn] !== codec) {
      packet.fill(silence, RTP_HEADER_BYTES)
      this.#silent[turn] = codec
    }

    this.#marker = false
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.#timestamp = (this.#timestamp + (ptimeMs * clockRate) / 1000) >>> 0
    this.packetsSent++
    this.payloadBytesSent += payloadBytes
    this.packetBytes = RTP_HEADER_BYTES + payloadBytes
    return packet
  }

  /** Lets time pass without sending: the timestamp goes on, the sequence does not, a clip plays to nobody. */
  skip(codec: CodecName, durationMs: number): void {
    if (this.#player.advance(codec)) this.#player.skip(durationMs)
    this.#timestamp = (this.#timestamp + (durationMs * codecs[codec].clockRate) / 1000) >>> 0
    this.#marker = true
  }
}
