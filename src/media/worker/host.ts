import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { unreachable } from '../../shared/step.ts'
import { BrowserLink } from '../browser/browser-link.ts'
import type { DtlsSecurity, MediaEvent } from '../engine.ts'
import type { Recorder } from '../recorder/recorder.ts'
import { type Clip, openClip } from '../session/clip.ts'
import { Session } from '../session/session.ts'
import { type OpenedEverywhere, openEverywhere } from '../socket/open-everywhere.ts'
import type { OpenRtpSocket, RtpSocket } from '../socket/rtp-socket.ts'
import type { FromHost, Refusal, ToHost } from './messages.ts'
import { Meters } from './meters.ts'
import { Pacer } from './pacer.ts'
import { Seat } from './seat.ts'
import { Taps } from './taps.ts'

export interface HostOptions {
  readonly clock: Clock
  /** For RTP: many packets, so the cheapest socket there is. */
  readonly openRtp: OpenRtpSocket
  /** For RTCP: a packet now and then, delivered when it comes, since its arrival is measured. */
  readonly openRtcp: OpenRtpSocket
  readonly recorder: Recorder
  readonly rtpTimeoutMs: number
  readonly post: (message: FromHost) => void
}

/** Of a phase of 5 ms, what may go into transcoding for listeners: the next phase is to begin in time. */
const RELAY_BUDGET_MS = 2.5

/** The inside of a media worker: sessions on sockets, paced by one timer, speaking in messages. */
export class Host {
  readonly #options: HostOptions
  readonly #pacer: Pacer
  readonly #seats = new Map<number, Seat>()
  readonly #heard = new Set<Seat>()
  readonly #meters = new Meters()
  readonly #taps: Taps
  readonly #clips = new Map<string, Clip>()
  /** Sessions that were closed while their sockets were being opened. */
  readonly #unwanted = new Set<number>()
  readonly #opening = new Set<number>()

  constructor(options: HostOptions) {
    this.#options = options
    this.#taps = new Taps(options.post)
    this.#pacer = new Pacer(options.clock, () => this.#between())
  }

  /** Carries out one message. Only `shut-down` takes its time. */
  receive(message: ToHost): void {
    const { recorder, post } = this.#options
    switch (message.kind) {
      case 'open':
        return void this.#open(message)
      case 'load-clip':
        if (message.clip) this.#clips.set(message.name, openClip(message.clip))
        else this.#clips.delete(message.name)
        return
      case 'when-saved':
        return this.#answer(message.request, recorder.whenSaved(message.takeId), () => ({ kind: 'saved' }))
      case 'space':
        return this.#answer(message.request, recorder.space(), (space) => ({ kind: 'space', space }))
      case 'release-take':
        return recorder.releaseTake(message.takeId)
      case 'shut-down':
        return void this.#shutDown()
      case 'close':
        return this.#close(message.session)
    }
    const seat = this.#seats.get(message.session)
    if (!seat) return // it has just been closed
    const { session } = seat
    switch (message.kind) {
      case 'set-flow':
        return this.#setFlow(seat, message)
      case 'dtls':
        return seat.link?.sendDtls(Buffer.from(message.datagram))
      case 'keys':
        return seat.link?.setKeys(message.keys)
      case 'doubt':
        return seat.link?.doubt()
      case 'play': {
        const clip = this.#clips.get(message.clip)
        if (clip) session.play(clip, message.mark)
        else post({ kind: 'event', session: message.session, event: { kind: 'played', mark: message.mark } })
        return
      }
      case 'stop-playing':
        return session.stopPlaying()
      case 'hear':
        return this.#hear(seat, message)
      case 'meter':
        return message.on ? this.#meters.begin(message.session, session) : this.#meters.end(message.session)
      case 'start-take':
        session.startTake(message.options)
        return message.isHeard
          ? this.#taps.begin(message.session, session, message.options.takeId)
          : undefined
      case 'stop-take':
        seat.takeIn() // what came before belongs to the take
        this.#taps.end(message.session)
        return session.stopTake()
      default:
        unreachable(message)
    }
  }

  async #open(message: ToHost & { kind: 'open' }): Promise<void> {
    const { openRtp, openRtcp, recorder, rtpTimeoutMs, post } = this.#options
    const { session: id, address } = message
    let rtp: OpenedEverywhere | undefined
    let rtcp: RtpSocket | undefined
    const session = new Session(message.identity, recorder, rtpTimeoutMs, {
      sendRtp: (packet, byteCount, to) => seat.send(packet, byteCount, to),
      sendRtcp: (packet, to) => seat.sendRtcp(packet, to),
      event: (event) => post({ kind: 'event', session: id, event }),
    })
    const seat = new Seat(session)
    this.#opening.add(id)
    try {
      const addresses = [address, ...message.alsoAt]
      rtp = await openEverywhere(openRtp, addresses, message.rtpPort, seat.receive)
      rtcp = await openRtcp(address, message.rtcpPort, seat.receiveRtcp)
    } catch (error) {
      rtp?.socket.close()
      this.#opening.delete(id)
      this.#unwanted.delete(id)
      return post({ kind: 'open-failed', session: id, systemCode: systemCode(error) })
    }
    this.#opening.delete(id)
    seat.rtp = rtp.socket
    seat.rtcp = rtcp
    this.#seats.set(id, seat)
    post({ kind: 'opened', session: id, port: rtp.socket.port, alsoAt: rtp.also })
    if (this.#unwanted.delete(id)) this.#close(id)
  }

  #setFlow(seat: Seat, { session, flow }: ToHost & { kind: 'set-flow' }): void {
    const { clock } = this.#options
    const now = clock.monotonic()
    const first = seat.nextAt === Number.POSITIVE_INFINITY
    if (flow.security?.kind === 'dtls') seat.link ??= this.#link(seat, session, flow.security, now)
    else seat.secure(flow.security)
    seat.session.setFlow(seat.link?.settle(flow, now) ?? flow, now, Pacer.firstAt(now), clock.now())
    if (first) this.#pacer.add(seat)
  }

  /** What carries the packets of a session with a browser. */
  #link(seat: Seat, session: number, security: DtlsSecurity, now: number): BrowserLink {
    const { clock, post } = this.#options
    const tell = (event: MediaEvent) => post({ kind: 'event', session, event })
    return new BrowserLink(security, seat.rtp, now, {
      dtls: (datagram) => post({ kind: 'dtls', session, datagram: Uint8Array.from(datagram) }),
      rtcp: (...report) => seat.session.rtcp(...report),
      connected(flow) {
        seat.session.setFlow(flow, clock.monotonic(), seat.nextAt, clock.now())
        tell({ kind: 'connected' })
      },
      lost: () => tell({ kind: 'rtp-lost' }),
    })
  }

  #hear(seat: Seat, { from }: ToHost & { kind: 'hear' }): void {
    // One that has just been closed is silent.
    const heard = from && this.#seats.get(from.session)
    if (seat.hears !== heard) {
      if (seat.hears) this.#unhear(seat, seat.hears)
      seat.hears = heard
      heard?.hearers.add(seat)
      if (heard) this.#heard.add(heard)
    }
    seat.session.hear(heard?.session, from?.how)
  }

  #unhear(seat: Seat, heard: Seat): void {
    heard.hearers.delete(seat)
    if (heard.hearers.size === 0) this.#heard.delete(heard)
    seat.hears = undefined
    seat.session.hear(undefined)
  }

  /**
   * Once the phase's own packets are away: lets those who hear have what has come since, transcodes for those who speak
   * differently, encodes what callers are to hear in the next phase, and tells levels. No caller's packet waits for any of it.
   */
  #between(): void {
    for (const seat of this.#heard) seat.overhear()
    const until = this.#pacer.nextPhaseAt
    for (const seat of this.#heard) for (const hearer of seat.hearers) hearer.session.prepare(until)
    this.#finishRelaying()
    const peaks = this.#meters.read(this.#options.clock.monotonic())
    if (peaks) this.#options.post({ kind: 'peaks', peaks })
    this.#taps.tell(this.#options.clock.monotonic())
  }

  /** What is not done in its time waits for the next phase, in which most of those who were served have nothing new. */
  #finishRelaying(): void {
    const { clock } = this.#options
    const until = clock.monotonic() + RELAY_BUDGET_MS
    for (const seat of this.#heard)
      for (const hearer of seat.hearers)
        if (hearer.session.finishRelaying() && clock.monotonic() >= until) return
  }

  #close(id: number): void {
    const seat = this.#seats.get(id)
    if (!seat) {
      if (this.#opening.has(id)) this.#unwanted.add(id)
      return
    }
    this.#seats.delete(id)
    this.#meters.end(id)
    if (seat.nextAt !== Number.POSITIVE_INFINITY) this.#pacer.remove(seat)
    if (seat.hears) this.#unhear(seat, seat.hears)
    seat.takeIn()
    this.#taps.end(id)
    const stats = seat.close(this.#options.clock.monotonic())
    for (const hearer of seat.hearers) this.#unhear(hearer, seat)
    this.#options.post({ kind: 'closed', session: id, stats })
  }

  async #shutDown(): Promise<void> {
    for (const id of [...this.#seats.keys()]) this.#close(id)
    this.#pacer.close()
    await this.#options.recorder.close()
    this.#options.post({ kind: 'shut-down' })
  }

  #answer<Value>(request: number, answer: Promise<Value>, message: (value: Value) => Answer): void {
    const { post } = this.#options
    answer.then(
      (value) => post({ ...message(value), request } as FromHost),
      (error: unknown) => post({ kind: 'refused', request, why: refusal(error) }),
    )
  }
}

type Answer = { kind: 'saved' } | { kind: 'space'; space: unknown }

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function refusal(error: unknown): Refusal {
  if (error instanceof AnswerphoneError)
    return { message: error.message, code: error.code, details: error.details }
  return { message: error instanceof Error ? error.message : String(error) }
}
