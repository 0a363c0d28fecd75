import { type Codec, codecs, rescale } from '../codec/codecs.ts'
import { Transcoder } from '../codec/transcoder.ts'
import type { CodecName, Flow } from '../engine.ts'
import type { Endpoint } from '../rtp/latch.ts'
import { RTP_HEADER_BYTES, type RtpPacket } from '../rtp/packet.ts'
import { LONGEST_PAYLOAD_BYTES } from '../rtp/packet-limits.ts'
import { type EventReport, LONGEST_SEGMENT } from '../rtp/telephone-event.ts'
import type { Ear } from './ear.ts'
import type { Outbound } from './outbound.ts'
import { RealTime } from './real-time.ts'
import { Splice } from './splice.ts'

/** After so long without a packet (or twice as long as one sounds) silence is sent: the phone hears a living stream. */
const PAUSE_MS = 60
/** A packet of a telephone-event counts as so much: they come this far apart, or seldom. */
const EVENT_MS = 20
/** A phase brings one or two; what is more is lost to a thread that has no time for it. */
const MOST_WAITING = 16

/** The hearer, as a relay needs it. */
export interface RelaySide {
  readonly flow: Flow | undefined
  /** Where our packets go now; undefined: nowhere. */
  readonly target: Endpoint | undefined
  /** What our stream samples at `now` by its own clock. */
  clockAt(now: number): number
  send(packet: Buffer, to: Endpoint): void
}

/**
 * What comes in on another session, sent on as soon as it came: for an owner who listens or talks. Each packet is one
 * of our own stream; what it costs is a copy. What must be transcoded waits for `finish`.
 */
export class Relay implements Ear {
  readonly #side: RelaySide
  readonly #outbound: Outbound
  /** What the stream speaks, and so its clock. */
  #codec: Codec = codecs.PCMU
  #splice = new Splice(this.#unitsPerMs)
  #gainDb: number
  #transcoder: Transcoder | undefined
  /** What is to be transcoded when no caller's packet waits. */
  readonly #later: Later[] = []
  #laterCount = 0
  readonly #pace = new RealTime()
  #forwardedAt = Number.NEGATIVE_INFINITY
  /** Timestamp of the audio that was forwarded last. */
  #placed = 0
  #placedAt = Number.NaN
  #pauseMs = PAUSE_MS
  /** A clip plays to the hearer: what comes in is left out. */
  muted = false

  constructor(side: RelaySide, outbound: Outbound, gainDb: number) {
    this.#side = side
    this.#outbound = outbound
    this.#gainDb = gainDb
    this.gaveWay()
  }

  setGain(gainDb: number): void {
    this.#gainDb = gainDb
    this.finish()
    this.#transcoder = undefined
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { flow, target } = this.#side
    if (!flow || !target || this.muted) return
    this.#speak(flow)
    const { ssrc, timestamp, payloadStart, payloadEnd } = packet
    const durationMs = codecs[codec].durationOf(bytes, payloadStart, payloadEnd)
    if (!this.#pace.admits(durationMs, arrivedAt)) return
    const clock = this.#side.clockAt(arrivedAt)
    const ours = rescale(timestamp, codecs[codec], this.#codec)
    const placed = this.#splice.place(ssrc, ours, durationMs * this.#unitsPerMs, arrivedAt, clock)
    if (placed === undefined) return
    this.#placed = placed
    this.#placedAt = arrivedAt
    this.#forwardedAt = arrivedAt
    this.#pauseMs = Math.max(PAUSE_MS, 2 * durationMs)
    const { marker } = this.#splice
    const transcoder = this.#transcoderTo(codec, flow.codec)
    if (transcoder && !transcoder.isCheap)
      return this.#postpone(placed, marker, bytes, payloadStart, payloadEnd)
    this.#forward(flow, target, marker, placed, bytes.subarray(payloadStart, payloadEnd), transcoder)
  }

  event(report: EventReport, bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { flow, target } = this.#side
    if (!target || flow?.eventPayloadType === undefined || this.muted) return
    this.#speak(flow)
    if (!this.#pace.admits(EVENT_MS, arrivedAt)) return
    const { ssrc, timestamp, payloadStart, payloadEnd } = packet
    const from = codecs[codec]
    const ours = rescale(timestamp, from, this.#codec)
    const placed = this.#splice.placeEvent(ssrc, ours, arrivedAt, this.#side.clockAt(arrivedAt))
    this.#forwardedAt = arrivedAt
    const marker = packet.marker || this.#splice.marker
    const forwarded = this.#outbound.forward(
      flow.eventPayloadType,
      marker,
      placed,
      bytes.subarray(payloadStart, payloadEnd),
    )
    const { eventClockRate = this.#codec.clockRate } = flow
    const duration = Math.floor((report.duration * eventClockRate) / from.clockRate)
    forwarded.writeUInt16BE(Math.min(LONGEST_SEGMENT, duration), RTP_HEADER_BYTES + 2)
    this.#side.send(forwarded, target)
  }

  /** Sends what had to be transcoded: work that must not stand before a caller's packet. False when there was nothing. */
  finish(): boolean {
    if (this.#laterCount === 0) return false
    const { flow, target } = this.#side
    const transcoder = this.#transcoder
    for (let i = 0; i < this.#laterCount; i++) {
      const { placed, marker, payload, length } = this.#later[i] as Later
      if (!flow || !target || !transcoder) continue
      this.#forward(flow, target, marker, placed, payload.subarray(0, length), transcoder)
    }
    this.#laterCount = 0
    return true
  }

  /** True while packets come, so that nothing else is to be sent. */
  carries(now: number): boolean {
    return !this.muted && now - this.#forwardedAt <= this.#pauseMs
  }

  /** What the stream samples at `now`, while packets come. */
  timestampAt(now: number): number | undefined {
    if (this.#forwardedAt === Number.NEGATIVE_INFINITY || Number.isNaN(this.#placedAt)) return undefined
    return (this.#placed + Math.round((now - this.#placedAt) * this.#unitsPerMs)) >>> 0
  }

  /** The stream is about to be sent from elsewhere: silence, or a clip. */
  giveWay(): void {
    this.finish()
    if (this.#forwardedAt === Number.NEGATIVE_INFINITY) return
    this.#forwardedAt = Number.NEGATIVE_INFINITY
    this.#outbound.resumeFrom(this.#splice.endFrom(this.#outbound.timestamp))
  }

  /** The stream was sent from elsewhere up to now. */
  gaveWay(): void {
    this.#splice.pass(this.#outbound.timestamp)
  }

  get #unitsPerMs(): number {
    return this.#codec.clockRate / 1000
  }

  /** A stream that changes its clock is joined anew. */
  #speak({ codec }: Flow): void {
    const before = this.#codec
    if (before.name === codec) return
    this.#codec = codecs[codec]
    if (before.clockRate !== this.#codec.clockRate) this.#splice = new Splice(this.#unitsPerMs)
  }

  #forward(
    { payloadType }: Flow,
    target: Endpoint,
    marker: boolean,
    placed: number,
    payload: Uint8Array,
    transcoder: Transcoder | undefined,
  ): void {
    const forward = (piece: Uint8Array, atMs: number) => {
      const at = (placed + atMs * this.#unitsPerMs) >>> 0
      this.#side.send(this.#outbound.forward(payloadType, marker && atMs === 0, at, piece), target)
    }
    if (transcoder) transcoder.convert(payload, forward)
    else forward(payload, 0)
  }

  #postpone(placed: number, marker: boolean, bytes: Buffer, start: number, end: number): void {
    if (this.#laterCount === MOST_WAITING) return
    const later = this.#later[this.#laterCount] ?? newLater()
    this.#later[this.#laterCount++] = later
    later.placed = placed
    later.marker = marker
    later.length = bytes.copy(later.payload, 0, start, end)
  }

  /** Undefined where nothing is to be changed. */
  #transcoderTo(from: CodecName, to: CodecName): Transcoder | undefined {
    if (from === to && Math.round(this.#gainDb) === 0) this.#transcoder = undefined
    else if (this.#transcoder?.from.name !== from || this.#transcoder.to.name !== to) {
      this.finish()
      this.#transcoder = new Transcoder(codecs[from], codecs[to], this.#gainDb)
    }
    return this.#transcoder
  }
}

/** A packet that waits to be transcoded; its memory is used again. */
interface Later {
  placed: number
  marker: boolean
  readonly payload: Buffer
  length: number
}

const newLater = (): Later => ({
  placed: 0,
  marker: false,
  payload: Buffer.alloc(LONGEST_PAYLOAD_BYTES),
  length: 0,
})
