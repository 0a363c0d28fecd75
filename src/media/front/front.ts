import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Random } from '../../shared/random.ts'
import { unreachable } from '../../shared/step.ts'
import type { StartHandshakes } from '../dtls/handshakes.ts'
import {
  type Fingerprint,
  type FlowStats,
  type HearOptions,
  type HearTake,
  type MediaEngine,
  type MediaEvent,
  type MediaSession,
  NO_FLOW,
} from '../engine.ts'
import type { FromHost, HostLink, Space, ToHost } from '../worker/messages.ts'
import { type ClipCodecs, Clips } from './clips.ts'
import { BindFailure } from './failures.ts'
import { Handshaking } from './handshaking.ts'
import { makeIdentity } from './make-identity.ts'
import { PortPool, type PortRange } from './port-pool.ts'
import { Requests } from './requests.ts'
import { isUp, type LiveSlot, type Seat, type Slot } from './seat.ts'
import { Takes } from './takes.ts'

export interface FrontOptions {
  readonly clock: Clock
  readonly random: Random
  readonly ports: PortRange
  readonly startHandshakes: StartHandshakes
  /** Those at which a browser may find us, besides the one at which it has. */
  readonly ownAddresses: () => readonly string[]
  readonly clipCodecs: ClipCodecs
  readonly hearTake?: HearTake | undefined
}

/** The engine's main-thread half: ports, clips, and which session is on which host. */
export class Front implements MediaEngine {
  readonly #options: FrontOptions
  readonly #pool: PortPool
  readonly #slots: Slot[] = []
  readonly #seats = new Map<number, Seat>()
  readonly #seatOf = new WeakMap<MediaSession, Seat>()
  readonly #clips: Clips
  readonly #takes: Takes<Slot>
  readonly #requests = new Requests()
  readonly #handshaking: Handshaking
  #lastId = 0
  /** Set by `close`: a host that ends now is not to be replaced. */
  closing = false

  constructor(options: FrontOptions) {
    this.#options = options
    this.#takes = new Takes(options.hearTake)
    this.#pool = new PortPool(options.ports, options.random)
    this.#clips = new Clips(options.clock, options.clipCodecs, (name, clip) => {
      for (const { link } of this.#slots) link?.post({ kind: 'load-clip', name, clip })
    })
    const post = (session: number, message: ToHost) => this.#seats.get(session)?.slot.link?.post(message)
    this.#handshaking = new Handshaking(options.startHandshakes, {
      send: (session, datagram) => post(session, { kind: 'dtls', session, datagram }),
      keys: (session, keys) => post(session, { kind: 'keys', session, keys }),
      ended: (session) => this.#seats.get(session)?.onEvent({ kind: 'rtp-lost' }),
    })
  }

  /** Makes room for a host. Returns its number. */
  addSlot(): number {
    return this.#slots.push({ link: undefined, seats: new Set() }) - 1
  }

  /** A host is ready in this slot. */
  up(host: number, link: HostLink): void {
    const slot = this.#slots[host]
    if (!slot) return
    slot.link = link
    for (const [name, clip] of this.#clips.all) link.post({ kind: 'load-clip', name, clip })
  }

  /** The host of this slot died: its sessions have failed, and no other is opened on it until it is up again. */
  down(host: number, why: string): void {
    const slot = this.#slots[host]
    if (!slot) return
    slot.link = undefined
    const error = new AnswerphoneError('AP_MEDIA_THREAD_DIED', { why })
    this.#requests.lost(slot, error)
    this.#takes.lost(slot)
    for (const seat of [...slot.seats]) {
      this.#leave(seat)
      seat.opened.reject(error)
      seat.closed.resolve(NO_FLOW)
      seat.onEvent({ kind: 'failed', why })
    }
  }

  /** A message from a host. */
  receive(message: FromHost): void {
    switch (message.kind) {
      case 'opened':
        return this.#seats.get(message.session)?.opened.resolve(message)
      case 'open-failed':
        return this.#seats.get(message.session)?.opened.reject(new BindFailure(message.systemCode))
      case 'dtls':
        return this.#handshaking.receive(message.session, message.datagram)
      case 'event':
        return this.#takes.pass(message.event, this.#seats.get(message.session))
      case 'peaks':
        for (const { session, peak } of message.peaks) this.#seats.get(session)?.onPeak?.(peak)
        return
      case 'sound':
        return this.#takes.passSound(message)
      case 'closed': {
        const seat = this.#seats.get(message.session)
        if (!seat) return
        this.#leave(seat)
        return seat.closed.resolve(message.stats)
      }
      case 'saved':
      case 'space':
        return this.#requests.answered(message)
      case 'refused':
        return this.#requests.refused(message)
      case 'shut-down':
        return
      default:
        unreachable(message)
    }
  }

  get sessions(): number {
    return this.#seats.size
  }

  localAt(port: number): string | undefined {
    return this.#seats.values().find((seat) => seat.port === port)?.address
  }

  async openSession(
    address: string,
    onEvent: (event: MediaEvent) => void,
    { beside, everywhere = false }: { readonly beside?: MediaSession; readonly everywhere?: boolean } = {},
  ): Promise<MediaSession> {
    const { clock, ports, ownAddresses } = this.#options
    const others = everywhere ? ownAddresses().filter((own) => own !== address) : []
    for (let tried = 0; tried < this.#pool.pairs; tried++) {
      const slot = beside ? this.#slotOf(beside) : this.#leastLoaded()
      const port = this.#pool.take(clock.monotonic())
      if (port === undefined) break
      const seat = this.#seatOn(slot, [address, ...others], port, onEvent)
      try {
        const opened = await seat.opened.promise
        return this.#sessionOn(seat, { address, port: opened.port }, opened.alsoAt)
      } catch (error) {
        if (this.#seats.has(seat.id)) this.#leave(seat)
        if (!(error instanceof BindFailure)) throw error
        // Another program has the port: it rests like a freed one, and the next is tried.
        if (error.message !== 'EADDRINUSE')
          throw new AnswerphoneError('AP_MEDIA_ADDRESS_UNUSABLE', { address, why: error.message })
      }
    }
    throw new AnswerphoneError('AP_MEDIA_PORTS_EXHAUSTED', { ...ports })
  }

  browserFingerprint(): Promise<Fingerprint> {
    return this.#handshaking.fingerprint()
  }

  readonly loadClip: MediaEngine['loadClip'] = (...clip) => this.#clips.load(...clip)
  readonly prepareClip: MediaEngine['prepareClip'] = (...clip) => this.#clips.prepare(...clip)
  readonly dropClip: MediaEngine['dropClip'] = (name) => this.#clips.drop(name)

  async whenSaved(takeId: string): Promise<void> {
    await Promise.all(
      this.#keepersOf(takeId).map((slot) =>
        this.#requests.ask<void>(
          slot,
          (request) => ({ kind: 'when-saved', request, takeId }),
          () => undefined,
        ),
      ),
    )
  }

  releaseTake(takeId: string): void {
    for (const { link } of this.#keepersOf(takeId)) link?.post({ kind: 'release-take', takeId })
    this.#takes.forget(takeId)
  }

  async space(): Promise<Space> {
    const spaces = await Promise.all(
      this.#slots.map((slot) =>
        this.#requests.ask<Space | undefined>(
          slot,
          (request) => ({ kind: 'space', request }),
          (message) => (message.kind === 'space' ? message.space : undefined),
        ),
      ),
    )
    const known = spaces.filter((space) => space !== undefined)
    return {
      // A call can't choose its worker: the fullest journal says how much can be relied on.
      journalFreeBytes: Math.min(...known.map((space) => space.journalFreeBytes)),
      diskFull: known.some((space) => space.diskFull),
    }
  }

  async close(): Promise<void> {
    this.closing = true
    await Promise.all([this.#handshaking.close(), ...this.#slots.map(({ link }) => link?.close())])
    for (const seat of [...this.#seats.values()]) {
      this.#leave(seat)
      seat.closed.resolve(NO_FLOW)
    }
  }

  #seatOn(
    slot: LiveSlot,
    [address = '', ...alsoAt]: readonly string[],
    port: number,
    onEvent: (event: MediaEvent) => void,
  ): Seat {
    const opened: Seat['opened'] = Promise.withResolvers()
    const seat: Seat = {
      id: ++this.#lastId,
      slot,
      link: slot.link,
      address,
      port,
      onEvent,
      onPeak: undefined,
      opened,
      closed: Promise.withResolvers<FlowStats>(),
    }
    this.#seats.set(seat.id, seat)
    slot.seats.add(seat)
    const identity = makeIdentity(this.#options.random)
    const ports = { rtpPort: port, rtcpPort: port + 1 }
    slot.link.post({ kind: 'open', session: seat.id, address, alsoAt, ...ports, identity })
    return seat
  }

  #leastLoaded(): LiveSlot {
    let least: LiveSlot | undefined
    for (const slot of this.#slots)
      if (isUp(slot) && !(least && least.seats.size <= slot.seats.size)) least = slot
    if (!least) throw new AnswerphoneError('AP_MEDIA_THREAD_DIED', { why: 'none is up again yet' })
    return least
  }

  /** The slot of a session, if the host that it was on lives. */
  #slotOf(session: MediaSession): LiveSlot {
    const { slot, link } = this.#seat(session)
    if (!isUp(slot) || slot.link !== link)
      throw new AnswerphoneError('AP_MEDIA_THREAD_DIED', {
        why: 'the session beside which it should be is lost',
      })
    return slot
  }

  #seat(session: MediaSession): Seat {
    const seat = this.#seatOf.get(session)
    if (!seat) throw new Error('a session of another engine')
    return seat
  }

  #sessionOn(seat: Seat, local: MediaSession['local'], alsoAt: readonly string[]): MediaSession {
    const { id: session, slot, closed } = seat
    const clips = this.#clips
    const handshaking = this.#handshaking
    // A host that comes up in place of a dead one does not know the session and lets these pass.
    const post = (message: ToHost) => slot.link?.post(message)
    const heard = (...whom: Parameters<MediaSession['hear']>) => this.#heard(seat, ...whom)
    /** What is to be played once it is encoded in what is spoken then. */
    let awaited: { readonly clip: string; readonly mark: string } | undefined
    const playWhenReady = (wanted: typeof awaited & {}): void => {
      awaited = wanted
      const ready = clips.ready(wanted.clip, opened.codec ?? 'PCMU')
      if (!ready) return post({ kind: 'play', session, ...wanted })
      void ready.then(() => awaited === wanted && playWhenReady(wanted))
    }
    const opened: MediaSession = {
      local,
      alsoAt,
      codec: undefined,
      setFlow(flow) {
        opened.codec = flow.codec
        post({ kind: 'set-flow', session, flow })
        if (flow.security?.kind === 'dtls') handshaking.settle(session, flow.security)
      },
      play(clip, mark) {
        if (!clips.has(clip)) throw new Error(`no clip named "${clip}" was loaded`)
        playWhenReady({ clip, mark })
      },
      stopPlaying() {
        awaited = undefined
        post({ kind: 'stop-playing', session })
      },
      hear(from, how) {
        if (from) awaited = undefined
        post({ kind: 'hear', session, ...heard(from, how) })
      },
      isBeside: (other) => this.#seat(other).slot === slot,
      meter(onPeak) {
        seat.onPeak = onPeak
        post({ kind: 'meter', session, on: onPeak !== undefined })
      },
      doubt: () => post({ kind: 'doubt', session }),
      startTake: (options) =>
        post({ kind: 'start-take', session, options, isHeard: this.#takes.begin(slot, options) }),
      stopTake: () => post({ kind: 'stop-take', session }),
      close() {
        post({ kind: 'close', session })
        return closed.promise
      },
    }
    this.#seatOf.set(opened, seat)
    return opened
  }

  #heard(hearer: Seat, from: MediaSession | undefined, how: HearOptions = { pace: 'as-it-comes' }) {
    if (!from) return {}
    const heard = this.#seat(from)
    if (heard.slot !== hearer.slot) throw new Error('a session can hear only one beside which it was opened')
    return { from: { session: heard.id, how } }
  }

  #leave(seat: Seat): void {
    this.#seats.delete(seat.id)
    seat.slot.seats.delete(seat)
    this.#handshaking.leave(seat.id)
    this.#pool.free(seat.port, this.#options.clock.monotonic())
  }

  /** The host that has the take, or all of them when it is from before the last start. */
  #keepersOf(takeId: string): readonly Slot[] {
    const slot = this.#takes.slotOf(takeId)
    return slot ? [slot] : this.#slots
  }
}
