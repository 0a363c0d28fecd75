import { emptyRtpPacket, parseRtp, writeRtpHeader } from '../../src/media/rtp/packet.ts'
import type { OpenRtpSocket, RtpSocket } from '../../src/media/socket/rtp-socket.ts'
import { FRAME_BYTES, FRAME_MS, frameAt, writeFrame } from '../media/frame.ts'

/** A frame of the other side as it came. */
export interface Arrival {
  readonly frame: number
  readonly at: number
}

/** A caller or a phone: a socket, numbered frames every 20 ms, and the numbers and times of what comes back. */
export class Party {
  readonly #call: number
  readonly #packet = Buffer.alloc(12 + FRAME_BYTES)
  readonly #heard = emptyRtpPacket()
  readonly #expected = Buffer.alloc(FRAME_BYTES)
  /** When each frame was sent, by its number. */
  readonly sentAt: number[] = []
  arrivals: Arrival[] = []
  /** Packets with sound in them that is no frame of the other side: what stood in for one. */
  standIns = 0
  #from = -1
  #port = 0
  #socket!: RtpSocket
  #timer: NodeJS.Timeout | undefined
  #nextAt = 0

  constructor(call: number) {
    this.#call = call
  }

  /** Opens its socket; resolves with the port. */
  async open(openRtp: OpenRtpSocket): Promise<number> {
    this.#socket = await openRtp('127.0.0.1', 0, (bytes, length, _, at) => this.#hear(bytes, length, at))
    return this.#socket.port
  }

  /** Talks to a port from `firstAt` (of performance.now) on, and notes the frames of another party. */
  talkTo(port: number, other: Party, firstAt: number): void {
    this.#port = port
    this.#from = other.#call
    this.#nextAt = firstAt
    this.#arm()
  }

  /** Takes in what has come. */
  poll(): void {
    this.#socket.poll()
  }

  /** What has come since the last time. */
  takeArrivals(): Arrival[] {
    this.poll()
    const { arrivals } = this
    this.arrivals = []
    return arrivals
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#socket.close()
  }

  #arm(): void {
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, this.#nextAt - performance.now()))
  }

  #tick(): void {
    const frame = this.sentAt.length
    writeRtpHeader(this.#packet, frame === 0, 0, frame & 0xffff, frame * FRAME_BYTES, this.#call + 1)
    writeFrame(this.#call, frame, this.#packet, 12)
    this.sentAt.push(performance.now())
    this.#socket.send(this.#packet, this.#packet.length, { address: '127.0.0.1', port: this.#port })
    this.poll()
    this.#nextAt += FRAME_MS
    this.#arm()
  }

  #hear(bytes: Buffer, length: number, at: number): void {
    if (length !== 12 + FRAME_BYTES || !parseRtp(bytes, length, this.#heard)) return
    const payload = bytes.subarray(12, length)
    if (payload[0] === 0xff) return
    const frame = frameAt(payload)
    writeFrame(this.#from, frame, this.#expected, 0)
    if (payload.equals(this.#expected)) this.arrivals.push({ frame, at })
    else this.standIns++
  }
}
