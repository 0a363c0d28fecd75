import type { DtlsSecurity, Flow } from '../engine.ts'
import type { Endpoint } from '../rtp/latch.ts'
import { RTP_HEADER_BYTES } from '../rtp/packet.ts'
import type { RtpSocket } from '../socket/rtp-socket.ts'
import { Sealer } from '../srtp/sealer.ts'
import type { MasterKey } from '../srtp/suite.ts'
import { Unprotector } from '../srtp/unprotector.ts'
import { LiteAgent } from './lite-agent.ts'

/** The two keys that a handshake gives (RFC 5764 §4.2). */
export interface SrtpKeys {
  readonly send: MasterKey
  readonly receive: MasterKey
}

/** What a link does to the world outside it. */
export interface LinkOutlet {
  /** A DTLS record or several, from where a genuine check came. Copied if it is to be kept. */
  dtls(datagram: Buffer): void
  /** RTCP, decrypted. */
  rtcp(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): void
  /** Way and keys are there: from now on what is sent is heard, and this is the session's flow. Said once. */
  connected(flow: Flow): void
  /** The browser is gone, or never came. Said once. */
  lost(): void
}

/** To the session a browser is in one place, whatever way ICE has chosen: what is genuine is told by its signature. */
export const BROWSER: Endpoint & { readonly rtcpPort: number } = { address: 'browser', port: 1, rtcpPort: 1 }

/** Browsers check their way every 2 to 6 s (RFC 7675 §5.1) and report as often, so that one of the two may be lost. */
const DOUBTED_MS = 8000
/** DTLS records that wait for a way to the browser: one flight. */
const MAX_WAITING = 8

/**
 * Between a session and its socket when the other side is a browser: everything on one port (RFC 7983), secured by keys
 * that a DTLS handshake made elsewhere (RFC 5764), to and from where ICE says.
 */
export class BrowserLink {
  readonly #agent: LiteAgent
  readonly #socket: RtpSocket
  readonly #outlet: LinkOutlet
  #sealer: Sealer | undefined
  #unprotector: Unprotector | undefined
  #waiting: readonly Buffer[] = []
  #flow: Flow | undefined
  #connected = false
  #doubted = false
  /** The last genuine sign of the browser: a check, RTP or RTCP. */
  #heardAt: number
  #lost = false

  constructor(security: DtlsSecurity, socket: RtpSocket, now: number, outlet: LinkOutlet) {
    this.#agent = new LiteAgent(security.ice.local, security.ice.remote, now)
    this.#socket = socket
    this.#outlet = outlet
    this.#heardAt = now
  }

  /** A flow was settled, perhaps with other credentials. What comes back is the session's: it is silent until connected. */
  settle(flow: Flow, now: number): Flow {
    const { security } = flow
    if (security?.kind === 'dtls') this.#agent.restart(security.ice.local, security.ice.remote, now)
    this.#flow = { ...flow, remote: BROWSER }
    return { ...this.#flow, send: flow.send && this.#connected }
  }

  /** The handshake is done. Once: a stream never changes its keys. */
  setKeys({ send, receive }: SrtpKeys): void {
    if (this.#sealer) return
    this.#sealer = new Sealer(send)
    this.#unprotector = new Unprotector(receive)
    this.#look()
  }

  /** Takes a datagram; what comes back is the length of the RTP packet that it now is, or 0 when it was none. */
  receive(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number): number {
    const first = bytes[0] ?? 0
    if (first >= 128 && first <= 191) return this.#media(bytes, length, arrivedAt)
    if (first <= 3) this.#check(bytes, length, source, arrivedAt)
    else if (first >= 20 && first <= 63 && this.#agent.knows(source))
      this.#outlet.dtls(bytes.subarray(0, length))
    return 0
  }

  sendRtp(packet: Buffer, byteCount: number): void {
    const { path } = this.#agent
    if (!this.#sealer || !path || this.#lost) return
    const sealed = this.#sealer.rtp(packet, byteCount)
    this.#socket.send(sealed, sealed.length, path)
  }

  /** RFC 5761: on the same port. */
  sendRtcp(packet: Buffer): void {
    const { path } = this.#agent
    if (!this.#sealer || !path || this.#lost) return
    const sealed = this.#sealer.rtcp(packet)
    this.#socket.send(sealed, sealed.length, path)
  }

  /** From now on it must give a sign more often than consent asks for. */
  doubt(): void {
    this.#doubted = true
  }

  sendDtls(datagram: Buffer): void {
    const { path } = this.#agent
    if (path) this.#socket.send(datagram, datagram.length, path)
    else this.#waiting = [...this.#waiting, datagram].slice(-MAX_WAITING)
  }

  /** Lets time pass. */
  tick(now: number): void {
    const silent = this.#doubted && now - this.#heardAt > DOUBTED_MS
    if (this.#lost || !(silent || this.#agent.lapsed(now))) return
    this.#lost = true
    this.#outlet.lost()
  }

  #media(bytes: Buffer, length: number, arrivedAt: number): number {
    if (!this.#unprotector || length < RTP_HEADER_BYTES) return 0
    const report = isRtcp(bytes)
    const plain = report ? this.#unprotector.rtcp(bytes, length) : this.#unprotector.rtp(bytes, length)
    if (plain <= 0) return 0
    this.#heardAt = arrivedAt
    if (!report) return plain
    this.#outlet.rtcp(bytes, plain, BROWSER, arrivedAt)
    return 0
  }

  #check(bytes: Buffer, length: number, source: Endpoint, now: number): void {
    const answer = this.#agent.receive(bytes, length, source, now)
    if (!answer) return
    this.#socket.send(answer, answer.length, source)
    this.#heardAt = now
    // Back after a pause that was longer than it may be: the call may have ended for it, or not.
    this.#lost = false
    this.#look()
  }

  /** Looks whether something could go on that waited. */
  #look(): void {
    const { path } = this.#agent
    if (!path) return
    for (const datagram of this.#waiting) this.#socket.send(datagram, datagram.length, path)
    this.#waiting = []
    if (!this.#sealer || !this.#flow || this.#connected) return
    this.#connected = true
    this.#outlet.connected(this.#flow)
  }
}

/** RFC 5761 §4: RTCP's packet types lie where RTP with marker would have payload types 64 to 95, which nobody uses. */
function isRtcp(bytes: Buffer): boolean {
  const second = bytes[1] ?? 0
  return second >= 192 && second <= 223
}
