import { codecs, rescale } from '../codec/codecs.ts'
import { Transcoder } from '../codec/transcoder.ts'
import type { CodecName, Flow } from '../engine.ts'
import type { Take } from '../recorder/recorder.ts'
import { type Endpoint, expectFrom, type Latch, latchOnto, samePlace, waitFor } from '../rtp/latch.ts'
import { emptyRtpPacket, parseRtp, type RtpPacket } from '../rtp/packet.ts'
import { LONGEST_PACKET_MS, LONGEST_PAYLOAD_BYTES } from '../rtp/packet-limits.ts'
import { Reception } from '../rtp/reception.ts'
import { type Digit, type EventReport, type Press, parseEvent, stepPress } from '../rtp/telephone-event.ts'
import type { Ear } from './ear.ts'
import { RealTime } from './real-time.ts'
import { hearsTones, ToneEar } from './tone-ear.ts'

/** RFC 3551 §4.5.1, RFC 3389: comfort noise; it proves that the caller is there and holds no audio. */
const COMFORT_NOISE = 13

/** A take under way and the codec it is kept in. */
interface RunningTake {
  readonly take: Take
  readonly codec: CodecName
  /** While the caller speaks another. */
  transcoder?: Transcoder
  /** What is encoded for it: who floods is not to keep the thread busy. */
  readonly pace: RealTime
}

/**
 * What comes in from the other side of a leg: judged by the latch, counted, and handed on to ears, to the take and to
 * the telephone-events. Nothing is allocated for a packet from the source that is latched.
 */
export class Inbound {
  readonly #ownSsrc: number
  readonly #onDigit: (digit: Digit) => void
  readonly #packet = emptyRtpPacket()
  #flow: Flow | undefined
  #latch: Latch = waitFor(undefined)
  #reception: Reception | undefined
  #press: Press = { kind: 'none' }
  /** Where the other side can tell of keys in no other way. */
  #tones: ToneEar | undefined
  #running: RunningTake | undefined
  #ears: readonly Ear[] = []
  #closed = { received: 0, lost: 0, late: 0 }
  packetsIgnored = 0
  payloadBytesReceived = 0
  longestGapMs = 0
  /** Where the gap that goes on now began; what was not to come is no gap. */
  #gapFrom = Number.NaN
  /** When the last packet from the latched source came. */
  heardAt = Number.NEGATIVE_INFINITY

  constructor(ownSsrc: number, onDigit: (digit: Digit) => void) {
    this.#ownSsrc = ownSsrc
    this.#onDigit = onDigit
  }

  setFlow(flow: Flow): void {
    if (!flow.receive) this.#gapFrom = Number.NaN
    this.#flow = flow
    if (!hearsTones(flow)) this.#tones = undefined
    else if (this.#tones?.codec !== flow.codec) this.#tones = new ToneEar(flow.codec, this.#onDigit)
    this.#reception?.setClock(codecs[flow.codec].clockRate)
    this.#latch = expectFrom(this.#latch, placeIn(flow))
  }

  /** The source that is latched: where our packets go too (RFC 4961). */
  get source(): Endpoint | undefined {
    return this.#latch.kind === 'latched' ? this.#latch.source : undefined
  }

  get reception(): Reception | undefined {
    return this.#reception
  }

  get packetsReceived(): number {
    return this.#closed.received + (this.#reception?.packetsReceived ?? 0)
  }

  get packetsLost(): number {
    return this.#closed.lost + (this.#reception?.packetsLost ?? 0)
  }

  get packetsLate(): number {
    return this.#closed.late + (this.#reception?.packetsLate ?? 0)
  }

  startTake(take: Take, codec: CodecName): void {
    this.#running = { take, codec, pace: new RealTime() }
  }

  stopTake(): void {
    this.#running?.take.stop()
    this.#running = undefined
  }

  addEar(ear: Ear): void {
    this.#ears = [...this.#ears, ear]
  }

  /** Nothing more is handed to this ear. */
  removeEar(ear: Ear): void {
    this.#ears = this.#ears.filter((other) => other !== ear)
  }

  /**
   * Hands a datagram to the ears ahead of its turn, and changes nothing else: what a leg takes in, and when, does not
   * depend on who hears it. False for one that can't be judged yet (the latch may move to it); `receive` must then
   * hand it on.
   */
  overhear(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): boolean {
    const flow = this.#flow
    const packet = this.#packet
    const latch = this.#latch
    if (!flow || latch.kind !== 'latched' || !samePlace(latch.source, source)) return false
    if (!parseRtp(bytes, length, packet) || packet.ssrc !== latch.ssrc || !this.#negotiated(flow, bytes))
      return false
    if (!this.#reception?.fits(packet.sequence)) return false
    this.#tell(flow, bytes, arrivedAt)
    return true
  }

  /**
   * One datagram. `bytes` is read before this returns and may be overwritten afterwards.
   * @param overheard the ears have had it
   */
  receive(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number, overheard = false): void {
    const flow = this.#flow
    const packet = this.#packet
    if (!flow || !parseRtp(bytes, length, packet) || !this.#negotiated(flow, bytes) || !this.#admit(source)) {
      this.packetsIgnored++
      return
    }
    if (!this.#reception?.count(packet.sequence)) return
    this.heardAt = arrivedAt
    this.#measure(flow, packet, arrivedAt)
    if (!overheard && this.#ears.length > 0) this.#tell(flow, bytes, arrivedAt)

    if (packet.payloadType === flow.payloadType) {
      this.#reception.time(arrivedAt, packet.timestamp)
      this.#record(flow, bytes, arrivedAt)
      this.#tones?.hear(bytes, packet.payloadStart, packet.payloadEnd, arrivedAt)
    } else if (packet.payloadType === flow.eventPayloadType) {
      const report = reportIn(flow, bytes, packet)
      if (report) this.#pressed({ kind: 'report', at: arrivedAt, report })
    }
  }

  #measure(flow: Flow, { payloadStart, payloadEnd }: RtpPacket, arrivedAt: number): void {
    this.payloadBytesReceived += payloadEnd - payloadStart
    const gapMs = arrivedAt - this.#gapFrom
    if (gapMs > this.longestGapMs) this.longestGapMs = gapMs
    if (flow.receive) this.#gapFrom = arrivedAt
  }

  /** Lets time pass, for a press whose end was lost. */
  tick(now: number): void {
    if (this.#press.kind === 'pressed') this.#pressed({ kind: 'time', at: now })
    this.#tones?.tick(now)
  }

  #tell(flow: Flow, bytes: Buffer, arrivedAt: number): void {
    const packet = this.#packet
    if (packet.payloadType === flow.payloadType) {
      if (codecs[flow.codec].durationOf(bytes, packet.payloadStart, packet.payloadEnd) === 0) return
      for (const ear of this.#ears) ear.audio(bytes, packet, flow.codec, arrivedAt)
    } else if (packet.payloadType === flow.eventPayloadType) {
      const report = reportIn(flow, bytes, packet)
      if (report) for (const ear of this.#ears) ear.event(report, bytes, packet, flow.codec, arrivedAt)
    }
  }

  #negotiated(flow: Flow, bytes: Buffer): boolean {
    const { payloadType, payloadStart, payloadEnd } = this.#packet
    // Anything longer is not what was negotiated.
    if (payloadEnd - payloadStart > LONGEST_PAYLOAD_BYTES) return false
    if (payloadType === flow.payloadType)
      return codecs[flow.codec].durationOf(bytes, payloadStart, payloadEnd) <= LONGEST_PACKET_MS
    return payloadType === flow.eventPayloadType || payloadType === COMFORT_NOISE
  }

  /** True for a packet of the latched stream, be it that the latch moved to it just now. */
  #admit(source: Endpoint): boolean {
    const { ssrc, sequence } = this.#packet
    const latch = this.#latch
    if (latch.kind === 'latched' && latch.source === source && latch.ssrc === ssrc) return true
    if (ssrc === this.#ownSsrc) return false // RFC 3550 §8.2: our own packets, looped back
    const latest = this.#reception?.latestSequence ?? 0
    const next = latchOnto(latch, { source, ssrc, sequence, latest })
    if (next === latch) return false
    this.#latch = next
    if (this.#reception?.ssrc !== ssrc) this.#begin(ssrc, sequence)
    return true
  }

  /** Another SSRC: its own sequence, timestamps and events begin (RFC 3550 §5.1). */
  #begin(ssrc: number, sequence: number): void {
    this.#closed = { received: this.packetsReceived, lost: this.packetsLost, late: this.packetsLate }
    this.#reception = new Reception(ssrc, sequence, codecs[this.#flow?.codec ?? 'PCMU'].clockRate)
    this.#pressed({ kind: 'time', at: Number.POSITIVE_INFINITY })
    this.#press = { kind: 'none' }
  }

  #record(flow: Flow, bytes: Buffer, arrivedAt: number): void {
    const running = this.#running
    if (!running) return
    const { sequence, timestamp, ssrc, payloadStart, payloadEnd } = this.#packet
    const codec = codecs[flow.codec]
    const durationMs = codec.durationOf(bytes, payloadStart, payloadEnd)
    if (durationMs === 0) return
    const payload = bytes.subarray(payloadStart, payloadEnd)
    if (flow.codec === running.codec)
      return running.take.packet(arrivedAt, sequence, timestamp, ssrc, payload)
    if (!running.pace.admits(durationMs, arrivedAt)) return
    if (running.transcoder?.from.name !== flow.codec)
      running.transcoder = new Transcoder(codec, codecs[running.codec])
    const { from, to } = running.transcoder
    running.transcoder.convert(payload, (piece, atMs) => {
      const at = (rescale(timestamp, from, to) + (atMs * to.clockRate) / 1000) >>> 0
      running.take.packet(arrivedAt, sequence, at, ssrc, piece)
    })
  }

  #pressed(event: Parameters<typeof stepPress>[1]): void {
    const { clockRate } = codecs[this.#flow?.codec ?? 'PCMU']
    const [press, digits] = stepPress(this.#press, event, clockRate)
    this.#press = press
    for (const digit of digits) this.#onDigit(digit)
  }
}

/** What a packet of a telephone-event says, its duration by the clock of the audio. */
function reportIn(
  { codec, eventClockRate }: Flow,
  bytes: Buffer,
  packet: RtpPacket,
): EventReport | undefined {
  const report = parseEvent(bytes, packet)
  if (!report || eventClockRate === undefined) return report
  return { ...report, duration: Math.round((report.duration * codecs[codec].clockRate) / eventClockRate) }
}

/** The remote address of the SDP, unless it names none: port 0, or the unspecified address (RFC 3264 §8.4). */
export function placeIn(flow: Flow): Endpoint | undefined {
  const { remote } = flow
  if (!remote || remote.port === 0 || remote.address === '0.0.0.0' || remote.address === '::')
    return undefined
  return remote
}
