import { BROWSER, type BrowserLink } from '../browser/browser-link.ts'
import type { FlowStats, SdesSecurity } from '../engine.ts'
import type { Endpoint } from '../rtp/latch.ts'
import type { Session } from '../session/session.ts'
import { MAX_PER_POLL, type RtpSocket } from '../socket/rtp-socket.ts'
import { REFUSED } from '../srtp/guard.ts'
import { SdesLink } from '../srtp/sdes-link.ts'
import { DatagramQueue } from './datagram-queue.ts'
import type { Paced } from './pacer.ts'

/** A session with its two sockets, paced: at each deadline it takes in what has come, then sends. */
export class Seat implements Paced {
  readonly session: Session
  rtp!: RtpSocket
  rtcp!: RtpSocket
  /** What lies between when the other side is a browser. */
  link: BrowserLink | undefined
  /** What secures packets by keys of the session descriptions. */
  #sdes: SdesLink | undefined
  /** Whom it hears. */
  hears: Seat | undefined
  /** Who hears it. */
  readonly hearers = new Set<Seat>()
  readonly #early = new DatagramQueue()
  #overhearing = false
  /** It takes in what has come, and has not sent yet. */
  hasTurn = false
  /** What is to be sent once whom it hears has sent its own. */
  readonly #held = new DatagramQueue()

  constructor(session: Session) {
    this.session = session
  }

  get nextAt(): number {
    return this.session.nextAt
  }

  /** A hearer's packets wait for those of the callers: these leave no later because of it. */
  get yields(): boolean {
    return this.session.relays
  }

  tick(now: number): void {
    this.hasTurn = true
    this.takeIn()
    // What goes out in the place of silence is as new as can be.
    if (!this.yields) this.hears?.overhear()
    this.session.tick(now)
    this.link?.tick(now)
    this.hasTurn = false
    for (const hearer of this.hearers) hearer.#release()
  }

  /**
   * Sends RTP. What it has of another's packets waits while that other has its turn: ten hearers' packets, sent first,
   * would make the caller's own leave later by as much as it takes to send them.
   */
  send(packet: Buffer, byteCount: number, to: Endpoint): void {
    if (this.hears?.hasTurn) this.#held.keep(packet, byteCount, to, 0, false)
    else this.#sendNow(packet, byteCount, to)
  }

  readonly #sendNow = (packet: Buffer, byteCount: number, to: Endpoint): void => {
    if (this.link) return this.link.sendRtp(packet, byteCount)
    if (!this.#sdes) return this.rtp.send(packet, byteCount, to)
    const sealed = this.#sdes.sealRtp(packet, byteCount)
    this.rtp.send(sealed, sealed.length, to)
  }

  sendRtcp(packet: Buffer, to: Endpoint): void {
    if (this.link) return this.link.sendRtcp(packet)
    const sealed = this.#sdes?.sealRtcp(packet) ?? packet
    this.rtcp.send(sealed, sealed.length, to)
  }

  /** Secures packets from now on, or no more. */
  secure(security: SdesSecurity | undefined): void {
    if (security && this.#sdes) this.#sdes.settle(security)
    else this.#sdes = security && new SdesLink(security)
  }

  #release(): void {
    if (this.#held.length > 0) this.#held.empty(this.#sendNow)
  }

  /** One datagram from the RTP socket. */
  readonly receive = (bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): void => {
    const { link } = this
    if (link) {
      const plain = link.receive(bytes, length, source, arrivedAt)
      if (plain > 0) this.#receive(bytes, plain, BROWSER, arrivedAt)
      return
    }
    const plain = this.#sdes ? this.#sdes.openRtp(bytes, length) : length
    if (plain === REFUSED) this.session.ignore()
    else this.#receive(bytes, plain, source, arrivedAt)
  }

  /** One datagram from the RTCP socket. */
  readonly receiveRtcp = (bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): void => {
    const plain = this.#sdes ? this.#sdes.openRtcp(bytes, length) : length
    if (plain !== REFUSED) this.session.rtcp(bytes, plain, source, arrivedAt)
  }

  #receive(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): void {
    if (!this.#overhearing) return this.session.rtp(bytes, length, source, arrivedAt)
    const overheard = this.session.overhear(bytes, length, source, arrivedAt)
    this.#early.keep(bytes, length, source, arrivedAt, overheard)
  }

  /**
   * Lets the hearers have what has come, between the deadlines. The session itself takes it in at its own deadline, as
   * it would without hearers: what it does, and when, must not tell that there are any.
   */
  overhear(): void {
    const room = MAX_PER_POLL - this.#early.length
    if (room === 0) return
    this.#overhearing = true
    this.rtp.poll(room)
    this.#overhearing = false
  }

  /** Takes in what has come. */
  takeIn(): void {
    const early = this.#early.length > 0 ? this.#early.empty(this.#takeEarly) : 0
    if (early < MAX_PER_POLL) this.rtp.poll(MAX_PER_POLL - early)
  }

  close(now: number): FlowStats {
    this.takeIn()
    const stats = this.session.close(now)
    this.rtp.close()
    this.rtcp.close()
    return stats
  }

  readonly #takeEarly = (
    ...[bytes, length, source, arrivedAt, overheard]: Parameters<Session['rtp']>
  ): void => this.session.rtp(bytes, length, source, arrivedAt, overheard)
}
