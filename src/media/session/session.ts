import { codecs } from '../codec/codecs.ts'
import type { Flow, FlowStats, HearOptions, MediaEvent, SessionTakeOptions } from '../engine.ts'
import type { Recorder } from '../recorder/recorder.ts'
import { readReport } from '../rtcp/read-report.ts'
import { type Endpoint, samePlace } from '../rtp/latch.ts'
import type { Clip } from './clip.ts'
import { Conversation } from './conversation.ts'
import type { Ear } from './ear.ts'
import { Inbound, placeIn } from './inbound.ts'
import { Outbound, type StreamIdentity } from './outbound.ts'
import { Player } from './player.ts'
import { Relay } from './relay.ts'
import { Reporter } from './reporter.ts'
import { Voice } from './voice.ts'

/** Everything random about a session, made outside, so that the same identity makes the same packets. */
export interface SessionIdentity extends StreamIdentity {
  /** RFC 7022 §4.2: a random name for this session alone, which says nothing of the machine. */
  readonly cname: string
  readonly reportSeed: number
}

/** What a session does to the world outside it. */
export interface SessionOutlet {
  /** `packet` may be kept for at most three more packets of this session. */
  sendRtp(packet: Buffer, byteCount: number, to: Endpoint): void
  sendRtcp(packet: Buffer, to: Endpoint): void
  event(event: MediaEvent): void
}

/** How long our stream goes to where nobody has confirmed that it is wanted: a caller's ACK takes a round trip. */
const UNCONFIRMED_MS = 2000

/** Later than this, what was missed is not made up for: the machine slept, and nobody waits for the past. */
const LOST_TIME_MS = 1000

/**
 * The audio of one leg without sockets, threads or timers: datagrams and instants in, datagrams and events out. The
 * shell gives it every datagram, calls `tick` at each `nextAt`, and never otherwise.
 */
export class Session {
  readonly #outlet: SessionOutlet
  readonly #recorder: Recorder
  readonly #rtpTimeoutMs: number
  readonly #player: Player
  readonly #outbound: Outbound
  readonly #inbound: Inbound
  readonly #reporter: Reporter
  #flow: Flow | undefined
  #rtcpSource: Endpoint | undefined
  #expectingSince = 0
  #startedAt = Number.NaN
  /** When the last report came: a muted telephone may send nothing else, and is there all the same (RFC 3550 §6). */
  #reportedAt = Number.NEGATIVE_INFINITY
  #lost = false
  #heard: { readonly from: Session; readonly ear: Relay | Voice } | undefined
  #relay: Relay | undefined
  #conversation: Conversation | undefined
  /** The deadline of the next packet; exact multiples of the packet time from the first. */
  nextAt = Number.POSITIVE_INFINITY

  constructor(identity: SessionIdentity, recorder: Recorder, rtpTimeoutMs: number, outlet: SessionOutlet) {
    this.#outlet = outlet
    this.#recorder = recorder
    this.#rtpTimeoutMs = rtpTimeoutMs
    this.#player = new Player((mark) => outlet.event({ kind: 'played', mark }))
    this.#outbound = new Outbound(identity, this.#player)
    this.#inbound = new Inbound(identity.ssrc, (digit) => outlet.event({ kind: 'digit', ...digit }))
    this.#reporter = new Reporter(identity.cname, identity.reportSeed, this.#outbound)
  }

  /** Sets or changes the flow. @param firstAt the deadline of the first packet, if this is the first flow */
  setFlow(flow: Flow, now: number, firstAt: number, wallAt: number): void {
    if (!this.#flow) {
      this.nextAt = firstAt
      this.#startedAt = now
      this.#reporter.start(now, wallAt)
    }
    if (flow.receive && !this.#flow?.receive) this.#expectingSince = now
    this.#flow = flow
    this.#inbound.setFlow(flow)
  }

  play(clip: Clip, mark: string): void {
    this.#player.play(clip, mark)
  }

  stopPlaying(): void {
    this.#player.stop()
  }

  /** What comes in on `from` goes out here, until told otherwise. */
  hear(from: Session | undefined, { pace, gainDb = 0 }: HearOptions = { pace: 'as-it-comes' }): void {
    if (from && this.#heard?.from === from && this.relays === (pace === 'as-it-comes'))
      return this.#relay?.setGain(gainDb)
    if (from) this.#player.stop()
    if (this.#heard) this.#heard.from.#inbound.removeEar(this.#heard.ear)
    this.#relay?.giveWay()
    this.#relay = undefined
    this.#player.voice = undefined
    this.#heard = undefined
    if (!from) return
    const ear = pace === 'as-it-comes' ? this.#openRelay(gainDb) : new Voice(this.#flow?.codec ?? 'PCMU')
    if (ear instanceof Relay) this.#relay = ear
    else this.#player.voice = ear
    this.#heard = { from, ear }
    from.#inbound.addEar(ear)
  }

  /** Hears another as it comes: packets leave between its own deadlines. */
  get relays(): boolean {
    return this.#relay !== undefined
  }

  /** Sends on what had to be transcoded; false when there was nothing. */
  finishRelaying(): boolean {
    return this.#relay?.finish() ?? false
  }

  /** Makes what is to be sent up to then, as far as it is work. */
  prepare(until: number): void {
    const flow = this.#flow
    if (flow && this.nextAt <= until && this.#target)
      this.#player.prepare(flow.codec, flow.ptimeMs, this.nextAt)
  }

  startTake(options: SessionTakeOptions): void {
    const spoken = this.#flow?.codec ?? 'PCMU'
    // What is mixed must be encoded again: in wideband by what costs least.
    const codec = options.both && spoken === 'opus' ? 'G722' : spoken
    const take = this.#recorder.startTake(options, codec, (event) => this.#outlet.event(event))
    this.stopTake()
    if (!options.both) return this.#inbound.startTake(take, codec)
    this.#conversation = new Conversation(take, codec, this.#outbound.ssrc)
    this.#inbound.addEar(this.#conversation)
  }

  stopTake(): void {
    this.#inbound.stopTake()
    if (!this.#conversation) return
    this.#inbound.removeEar(this.#conversation)
    this.#conversation.stop()
    this.#conversation = undefined
  }

  /** Hands on what comes in. What is measured or written down of it must cost the caller's own packet nothing. */
  addEar(ear: Ear): void {
    this.#inbound.addEar(ear)
  }

  removeEar(ear: Ear): void {
    this.#inbound.removeEar(ear)
  }

  /** Lets who hears this session have a datagram before its turn. False when that must wait for its turn. */
  overhear(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): boolean {
    return this.#inbound.overhear(bytes, length, source, arrivedAt)
  }

  /** @param overheard it was given to `overhear` before, which took it */
  rtp(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number, overheard = false): void {
    this.#inbound.receive(bytes, length, source, arrivedAt, overheard)
    if (this.#lost && this.#inbound.heardAt === arrivedAt) this.#lost = false
  }

  /** A packet came that is forged, or was heard before. */
  ignore(): void {
    this.#inbound.packetsIgnored++
  }

  rtcp(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): void {
    const report = readReport(bytes, length, this.#outbound.ssrc)
    // Reports count only from the source whose audio is heard, so that nobody else can say where ours go.
    if (!report || report.ssrc !== this.#inbound.reception?.ssrc) return
    if (source.address !== this.#inbound.source?.address) return
    this.#rtcpSource = source
    if (!report.bye) this.#reportedAt = arrivedAt
    this.#reporter.hear(report, length, arrivedAt, this.#flow?.codec ?? 'PCMU')
  }

  /** Sends the packet that is due at `nextAt` and whatever else the time has come for. */
  tick(now: number): void {
    const flow = this.#flow
    if (!flow) return
    if (now - this.nextAt > LOST_TIME_MS) this.#skip(flow, now)
    if (this.#reporter.due(now)) {
      const report = this.#reporter.report(now, this.#timestampAt(now, flow), this.#inbound.reception)
      this.#sendReport(report, flow)
    }
    this.#send(flow, now)
    this.nextAt += flow.ptimeMs

    this.#inbound.tick(now)
    this.#watch(flow, now)
  }

  /** Ends the stream with a BYE and the take with it. */
  close(now: number): FlowStats {
    this.stopTake()
    const flow = this.#flow
    if (flow) {
      const report = this.#reporter.stop(now, this.#timestampAt(now, flow), this.#inbound.reception)
      if (report) this.#sendReport(report, flow)
    }
    this.#flow = undefined
    this.nextAt = Number.POSITIVE_INFINITY
    return {
      packetsSent: this.#outbound.packetsSent,
      packetsReceived: this.#inbound.packetsReceived,
      packetsLost: Math.max(0, this.#inbound.packetsLost),
      jitterMs: this.#inbound.reception?.jitterMs ?? 0,
      packetsIgnored: this.#inbound.packetsIgnored,
      bytesSent: this.#outbound.payloadBytesSent,
      bytesReceived: this.#inbound.payloadBytesReceived,
      packetsLate: this.#inbound.packetsLate,
      longestGapMs: this.#inbound.longestGapMs,
      codec: flow?.codec ?? null,
      durationMs: flow ? now - this.#startedAt : 0,
      reported: this.#reporter.heardOfUs,
    }
  }

  #send(flow: Flow, now: number): void {
    const relay = this.#relay
    const to = this.#target
    if (relay) {
      relay.muted = this.#player.busy
      if (to && relay.carries(now)) {
        this.#conversation?.add(flow, this.nextAt, this.#outbound.timestamp, undefined)
        return this.#outbound.pass(flow.codec, flow.ptimeMs)
      }
      relay.giveWay()
    }
    const { timestamp } = this.#outbound
    if (to) {
      const packet = this.#outbound.next(flow, this.nextAt)
      this.#outlet.sendRtp(packet, this.#outbound.packetBytes, to)
      this.#conversation?.add(flow, this.nextAt, timestamp, this.#outbound.audioIn(packet))
    } else {
      this.#outbound.skip(flow.codec, flow.ptimeMs, this.nextAt)
      this.#conversation?.add(flow, this.nextAt, timestamp, undefined)
    }
    relay?.gaveWay()
  }

  #openRelay(gainDb: number): Relay {
    const session = this
    return new Relay(
      {
        get flow() {
          return session.#flow
        },
        get target() {
          return session.#target
        },
        clockAt: (now) => (session.#flow ? session.#clockAt(now, session.#flow) : 0),
        send: (packet, to) => this.#outlet.sendRtp(packet, this.#outbound.packetBytes, to),
      },
      this.#outbound,
      gainDb,
    )
  }

  /** Where our packets go now, if anywhere. */
  get #target(): Endpoint | undefined {
    const flow = this.#flow
    return flow?.send && this.#isWanted(flow) ? (this.#inbound.source ?? placeIn(flow)) : undefined
  }

  #isWanted({ unconfirmed }: Flow): boolean {
    return unconfirmed !== true || this.nextAt - this.#startedAt < UNCONFIRMED_MS
  }

  /** Passes over the packets of a long stall; the timestamp goes on, so that the other side sees a pause. */
  #skip(flow: Flow, now: number): void {
    const missed = Math.floor((now - this.nextAt) / flow.ptimeMs)
    for (let packet = 0; packet < missed; packet++) this.#outbound.skip(flow.codec, flow.ptimeMs, this.nextAt)
    this.nextAt += missed * flow.ptimeMs
  }

  #watch(flow: Flow, now: number): void {
    if (this.#lost || !flow.receive) return
    const sign = Math.max(this.#inbound.heardAt, this.#reportedAt, this.#expectingSince)
    if (now - sign < this.#rtpTimeoutMs) return
    this.#lost = true
    this.#outlet.event({ kind: 'rtp-lost' })
  }

  /** What our stream samples at `now`: the next packet's first sample belongs to its deadline. */
  #timestampAt(now: number, flow: Flow): number {
    return this.#relay?.timestampAt(now) ?? this.#clockAt(now, flow)
  }

  #clockAt(now: number, { codec }: Flow): number {
    const ahead = Math.round(((now - this.nextAt) * codecs[codec].clockRate) / 1000)
    return (this.#outbound.timestamp + ahead) >>> 0
  }

  #sendReport(report: Buffer, flow: Flow): void {
    const to = this.#isWanted(flow) && this.#rtcpTarget(flow)
    if (to) this.#outlet.sendRtcp(report, to)
  }

  /** Where reports go: to where they come from, else to the SDP's RTCP port, else beside the source that latched. */
  #rtcpTarget(flow: Flow): Endpoint | undefined {
    const { source } = this.#inbound
    if (this.#rtcpSource && this.#rtcpSource.address === source?.address) return this.#rtcpSource
    const named = placeIn(flow)
    if (source && !(named && samePlace(source, named)))
      return { address: source.address, port: source.port + 1 }
    return named && { address: named.address, port: flow.remote?.rtcpPort ?? named.port + 1 }
  }
}
