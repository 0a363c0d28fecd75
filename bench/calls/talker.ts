import { emptyRtpPacket, parseRtp, sequenceAhead, writeRtpHeader } from '../../src/media/rtp/packet.ts'
import type { OpenRtpSocket, RtpSocket } from '../../src/media/socket/rtp-socket.ts'
import type { Paced } from '../../src/media/worker/pacer.ts'
import { FRAME_BYTES, FRAME_MS, writeFrame } from '../media/frame.ts'

/** A caller's sound: a socket of its own, numbered frames every 20 ms, and a look at every packet that comes back. */
export class Talker implements Paced {
  readonly call: number
  nextAt = Number.POSITIVE_INFINITY
  sent = 0
  received = 0
  /** Packets from the machine that are missing or out of order. */
  gaps = 0
  /** Set while arrivals are noted. */
  measuring = false
  readonly #target = { address: '127.0.0.1', port: 0 }
  readonly #packet = Buffer.alloc(12 + FRAME_BYTES)
  readonly #heard = emptyRtpPacket()
  #socket: RtpSocket | undefined
  #latest: number | undefined
  #position = 0
  /** Arrivals less 20 ms for each packet before: all the same in a stream that is never late. */
  #offsets: number[] = []

  constructor(call: number) {
    this.call = call
  }

  /** Opens its socket; resolves with the port. */
  async open(openRtp: OpenRtpSocket): Promise<number> {
    this.#socket = await openRtp('127.0.0.1', 0, (bytes, length, _, at) => this.#hear(bytes, length, at))
    return this.#socket.port
  }

  /** Talks from `firstAt` (monotonic ms) on, once it is paced. */
  talkTo(port: number, firstAt: number): void {
    this.#target.port = port
    this.nextAt = firstAt
  }

  /** Takes in what has come. */
  drain(): void {
    this.#socket?.poll()
  }

  tick(): void {
    this.drain()
    writeRtpHeader(
      this.#packet,
      this.sent === 0,
      0,
      this.sent & 0xffff,
      this.sent * FRAME_BYTES,
      this.call + 1,
    )
    writeFrame(this.call, this.sent, this.#packet, 12)
    this.#socket?.send(this.#packet, this.#packet.length, this.#target)
    this.sent++
    this.nextAt += FRAME_MS
  }

  /** How late each packet was, in ms, beside the earliest of the stream. */
  lateness(): number[] {
    const earliest = this.#offsets.reduce(
      (least, offset) => Math.min(least, offset),
      Number.POSITIVE_INFINITY,
    )
    return this.#offsets.map((offset) => offset - earliest)
  }

  close(): void {
    this.drain()
    this.#socket?.close()
  }

  #hear(bytes: Buffer, length: number, arrivedAt: number): void {
    if (isReport(bytes) || !parseRtp(bytes, length, this.#heard)) return
    this.received++
    const ahead = this.#latest === undefined ? 1 : sequenceAhead(this.#latest, this.#heard.sequence)
    if (ahead !== 1) this.gaps += Math.abs(ahead - 1)
    this.#latest = this.#heard.sequence
    this.#position += ahead
    if (this.measuring) this.#offsets.push(arrivedAt - this.#position * FRAME_MS)
  }
}

/** RTCP comes to the same port here (RFC 5761 §4 tells them apart by the second byte). */
const isReport = (bytes: Buffer) => (bytes[1] ?? 0) >= 192 && (bytes[1] ?? 0) < 224
