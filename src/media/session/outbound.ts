import { codecs } from '../codec/codecs.ts'
import type { CodecName, Flow } from '../engine.ts'
import { RTP_HEADER_BYTES, timestampAhead, writeRtpHeader } from '../rtp/packet.ts'
import { LONGEST_PAYLOAD_BYTES } from '../rtp/packet-limits.ts'
import type { KeyPacket } from './keypad.ts'
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
/** RFC 4733 §2.3: code, E bit with volume, duration. */
const EVENT_BYTES = 4
/** −10 dBm0 */
const KEY_VOLUME = 10

/**
 * The one outbound stream of a leg: the same SSRC from beginning to end, one sequence number per packet sent, and a
 * timestamp that follows the sampling clock even while nothing is sent (RFC 3550 §5.1). Silence is sent as audio.
 */
export class Outbound {
  readonly #player: Player
  readonly #identity: StreamIdentity
  readonly #buffers = Array.from({ length: BUFFERS }, () =>
    Buffer.alloc(RTP_HEADER_BYTES + LONGEST_PAYLOAD_BYTES),
  )
  /** Per buffer, the codec whose silence fills it: a packet of silence then needs a new header only. */
  readonly #silent: (CodecName | undefined)[] = []
  #turn = 0
  #sequence: number
  #timestamp: number
  /** Where the key began that is told. */
  #keyFrom = 0
  /** The next packet begins a talkspurt: the first of all, or the first after an interruption (RFC 3551 §4.1). */
  #marker = true
  packetsSent = 0
  payloadBytesSent = 0
  /** Length of the packet that `next` or `forward` returned. */
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

  /**
   * The next packet; its first `packetBytes` bytes count. It may be read until three more were asked for.
   * @param at its deadline
   */
  next(flow: Flow, at: number): Buffer {
    const { codec, payloadType, eventPayloadType, ptimeMs } = flow
    const { bytesPerMs, silence, clockRate } = codecs[codec]
    const turn = this.#turn
    const packet = this.#buffers[turn] as Buffer

    if (this.#player.advance(codec)) {
      this.#silent[turn] = undefined
      const key = this.#player.key(ptimeMs, at)
      if (key && eventPayloadType !== undefined) {
        this.#player.skip(ptimeMs, at)
        this.#writeKey(packet, key, eventPayloadType, (flow.eventClockRate ?? clockRate) / clockRate)
        this.pass(codec, ptimeMs)
        return packet
      }
      this.#player.write(codec, ptimeMs, packet, RTP_HEADER_BYTES, at, key)
    } else if (this.#silent[turn] !== codec) {
      packet.fill(silence, RTP_HEADER_BYTES)
      this.#silent[turn] = codec
    }
    this.#finish(packet, this.#marker, payloadType, this.#timestamp, ptimeMs * bytesPerMs)
    this.pass(codec, ptimeMs)
    return packet
  }

  /** The audio of the packet that `next` returned last; undefined when it told of a key. */
  audioIn(packet: Buffer): Uint8Array | undefined {
    if (this.packetBytes === RTP_HEADER_BYTES + EVENT_BYTES) return undefined
    return packet.subarray(RTP_HEADER_BYTES, this.packetBytes)
  }

  /**
   * A payload as a packet of this stream, outside our deadlines, and with a timestamp of its own. It may be read as long
   * as one of `next`.
   */
  forward(payloadType: number, marker: boolean, timestamp: number, payload: Uint8Array): Buffer {
    const packet = this.#buffers[this.#turn] as Buffer
    this.#silent[this.#turn] = undefined
    packet.set(payload, RTP_HEADER_BYTES)
    this.#finish(packet, marker || this.#marker, payloadType, timestamp, payload.length)
    return packet
  }

  /** What `next` makes follows packets that were forwarded, and a pause: it has at least this timestamp. */
  resumeFrom(timestamp: number): void {
    this.#marker = true
    if (timestampAhead(this.#timestamp, timestamp) > 0) this.#timestamp = timestamp
  }

  /** Lets time pass for which there is no audio of ours. */
  pass(codec: CodecName, durationMs: number): void {
    this.#timestamp = (this.#timestamp + (durationMs * codecs[codec].clockRate) / 1000) >>> 0
  }

  /** Lets time pass without sending: the timestamp goes on, the sequence does not, a clip plays to nobody. `at`: the deadline. */
  skip(codec: CodecName, durationMs: number, at: number): void {
    if (this.#player.advance(codec)) this.#player.skip(durationMs, at)
    this.pass(codec, durationMs)
    this.#marker = true
  }

  /**
   * RFC 4733 §2.3, §2.5.1: an event keeps the timestamp of its start; the first packet of it has the marker.
   * @param scale units of its duration in one of the timestamp
   */
  #writeKey(packet: Buffer, key: KeyPacket, payloadType: number, scale: number): void {
    if (key.first) this.#keyFrom = this.#timestamp
    packet[RTP_HEADER_BYTES] = key.code
    packet[RTP_HEADER_BYTES + 1] = key.end ? 0x80 | KEY_VOLUME : KEY_VOLUME
    packet.writeUInt16BE(Math.floor(key.duration * scale), RTP_HEADER_BYTES + 2)
    const timestamp = (this.#keyFrom + key.segment) >>> 0
    this.#finish(packet, key.first || this.#marker, payloadType, timestamp, EVENT_BYTES)
  }

  #finish(
    packet: Buffer,
    marker: boolean,
    payloadType: number,
    timestamp: number,
    payloadBytes: number,
  ): void {
    writeRtpHeader(packet, marker, payloadType, this.#sequence, timestamp, this.ssrc)
    this.#turn = (this.#turn + 1) % BUFFERS
    this.#marker = false
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.packetsSent++
    this.payloadBytesSent += payloadBytes
    this.packetBytes = RTP_HEADER_BYTES + payloadBytes
  }
}
