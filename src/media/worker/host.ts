import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { unreachable } from '../../shared/step.ts'
import type { FlowStats } from '../engine.ts'
import type { Recorder } from '../recorder/recorder.ts'
import { type Clip, openClip } from '../session/clip.ts'
import { Session } from '../session/session.ts'
import type { OpenRtpSocket, RtpSocket } from '../socket/rtp-socket.ts'
import type { FromHost, Refusal, ToHost } from './messages.ts'
import { type Paced, Pacer } from './pacer.ts'

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

/** A session with its two sockets, paced: at each deadline it takes in what has come, then sends. */
class Seat implements Paced {
  readonly session: Session
  readonly rtp: RtpSocket
  readonly rtcp: RtpSocket

  constructor(session: Session, rtp: RtpSocket, rtcp: RtpSocket) {
    this.session = session
    this.rtp = rtp
    this.rtcp = rtcp
  }

  get nextAt(): number {
    return this.session.nextAt
  }

  tick(now: number): void {
    this.rtp.poll()
    this.session.tick(now)
  }

  close(now: number): FlowStats {
    this.rtp.poll()
    const stats = this.session.close(now)
    this.rtp.close()
    this.rtcp.close()
    return stats
  }
}

/** The inside of a media worker: sessions on sockets, paced by one timer, speaking in messages. */
export class Host {
  readonly #options: HostOptions
  readonly #pacer: Pacer
  readonly #seats = new Map<number, Seat>()
  readonly #clips = new Map<string, Clip>()
  /** Sessions that were closed while their sockets were being opened. */
  readonly #unwanted = new Set<number>()
  readonly #opening = new Set<number>()

  constructor(options: HostOptions) {
    this.#options = options
    this.#pacer = new Pacer(options.clock)
  }

  /** Carries out one message. Only `shut-down` takes its time. */
  receive(message: ToHost): void {
    const { recorder, post } = this.#options
    switch (message.kind) {
      case 'open':
        return void this.#open(message)
      case 'load-clip':
        this.#clips.set(message.name, openClip(message.clip))
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
      case 'play': {
        const clip = this.#clips.get(message.clip)
        if (clip) session.play(clip, message.mark)
        else post({ kind: 'event', session: message.session, event: { kind: 'played', mark: message.mark } })
        return
      }
      case 'stop-playing':
        return session.stopPlaying()
      case 'start-take':
        return session.startTake(message.options)
      case 'stop-take':
        seat.rtp.poll() // what came before belongs to the take
        return session.stopTake()
      default:
        unreachable(message)
    }
  }

  async #open(message: ToHost & { kind: 'open' }): Promise<void> {
    const { openRtp, openRtcp, recorder, rtpTimeoutMs, post } = this.#options
    const { session: id, address } = message
    let rtp: RtpSocket | undefined
    let rtcp: RtpSocket | undefined
    const session = new Session(message.identity, recorder, rtpTimeoutMs, {
      sendRtp: (packet, byteCount, to) => rtp?.send(packet, byteCount, to),
      sendRtcp: (packet, to) => rtcp?.send(packet, packet.length, to),
      event: (event) => post({ kind: 'event', session: id, event }),
    })
    this.#opening.add(id)
    try {
      rtp = await openRtp(address, message.rtpPort, (bytes, length, source, at) =>
        session.rtp(bytes, length, source, at),
      )
      rtcp = await openRtcp(address, message.rtcpPort, (bytes, length, source, at) =>
        session.rtcp(bytes, length, source, at),
      )
    } catch (error) {
      rtp?.close()
      this.#opening.delete(id)
      this.#unwanted.delete(id)
      return post({ kind: 'open-failed', session: id, systemCode: systemCode(error) })
    }
    this.#opening.delete(id)
    this.#seats.set(id, new Seat(session, rtp, rtcp))
    post({ kind: 'opened', session: id, port: rtp.port })
    if (this.#unwanted.delete(id)) this.#close(id)
  }

  #setFlow(seat: Seat, { flow }: ToHost & { kind: 'set-flow' }): void {
    const { clock } = this.#options
    const now = clock.monotonic()
    const first = seat.nextAt === Number.POSITIVE_INFINITY
    seat.session.setFlow(flow, now, Pacer.firstAt(now), clock.now())
    if (first) this.#pacer.add(seat)
  }

  #close(id: number): void {
    const seat = this.#seats.get(id)
    if (!seat) {
      if (this.#opening.has(id)) this.#unwanted.add(id)
      return
    }
    this.#seats.delete(id)
    if (seat.nextAt !== Number.POSITIVE_INFINITY) this.#pacer.remove(seat)
    this.#options.post({ kind: 'closed', session: id, stats: seat.close(this.#options.clock.monotonic()) })
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
