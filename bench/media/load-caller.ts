/**
 * Callers in a process of their own: one socket per call, frame-numbered µ-law at 20 ms on absolute deadlines, and a
 * look at every packet that comes back.
 */
import { emptyRtpPacket, parseRtp, sequenceAhead, writeRtpHeader } from '../../src/media/rtp/packet.ts'
import { OpenDescriptors } from '../../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../../src/media/socket/open-sockets.ts'
import type { RtpSocket } from '../../src/media/socket/rtp-socket.ts'
import { Pacer } from '../../src/media/worker/pacer.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { FRAME_BYTES, FRAME_MS, writeFrame } from './frame.ts'
import type { LoadOrder, LoadReport } from './orders.ts'

const clock = systemClock
const open = await cheapestSockets(clock, new OpenDescriptors())
const pacer = new Pacer(clock)
const hold = setInterval(() => {}, 1000)

class Caller {
  readonly call: number
  socket: RtpSocket | undefined
  target = { address: '127.0.0.1', port: 0 }
  frames = 0
  sent = 0
  received = 0
  /** Packets from the machine that are missing or out of order. */
  gaps = 0
  nextAt = Number.POSITIVE_INFINITY
  onDone = () => {}
  readonly #packet = Buffer.alloc(12 + FRAME_BYTES)
  readonly #heard = emptyRtpPacket()
  #latest: number | undefined

  constructor(call: number) {
    this.call = call
  }

  hear(bytes: Buffer, length: number): void {
    if (isReport(bytes) || !parseRtp(bytes, length, this.#heard)) return
    this.received++
    const ahead = this.#latest === undefined ? 1 : sequenceAhead(this.#latest, this.#heard.sequence)
    if (ahead !== 1) this.gaps += Math.abs(ahead - 1)
    this.#latest = this.#heard.sequence
  }

  tick(): void {
    this.socket?.poll()
    if (this.sent < this.frames) {
      const marker = this.sent === 0
      writeRtpHeader(this.#packet, marker, 0, this.sent & 0xffff, this.sent * FRAME_BYTES, this.call + 1)
      writeFrame(this.call, this.sent, this.#packet, 12)
      this.socket?.send(this.#packet, this.#packet.length, this.target)
      this.sent++
      if (this.sent === this.frames) this.onDone()
    }
    this.nextAt += FRAME_MS
  }
}

/** RTCP comes to the same port here (RFC 5761 §4 tells them apart by the second byte). */
const isReport = (bytes: Buffer) => (bytes[1] ?? 0) >= 192 && (bytes[1] ?? 0) < 224

let callers: Caller[] = []
const report = (message: LoadReport) => process.send?.(message)

process.on('message', async (order: LoadOrder) => {
  switch (order.kind) {
    case 'open': {
      callers = Array.from({ length: order.calls }, (_, i) => new Caller(order.first + i))
      for (const caller of callers)
        caller.socket = await open('127.0.0.1', 0, (bytes, length) => caller.hear(bytes, length))
      const now = clock.monotonic()
      for (const [i, caller] of callers.entries()) {
        caller.nextAt = Pacer.firstAt(now) + (i * FRAME_MS) / callers.length
        pacer.add(caller)
      }
      report({ kind: 'opened', ports: callers.map(({ socket }) => socket?.port ?? 0) })
      return
    }
    case 'start': {
      let going = callers.length
      for (const [i, caller] of callers.entries()) {
        caller.target = { address: '127.0.0.1', port: order.ports[i] ?? 0 }
        caller.frames = order.frames
        caller.onDone = () => --going === 0 && report({ kind: 'all-sent' })
      }
      return
    }
    case 'stop': {
      for (const caller of callers) {
        pacer.remove(caller)
        caller.socket?.poll()
        caller.socket?.close()
      }
      const sum = (pick: (caller: Caller) => number) => callers.reduce((total, c) => total + pick(c), 0)
      report({
        kind: 'stopped',
        sent: sum((c) => c.sent),
        received: sum((c) => c.received),
        gaps: sum((c) => c.gaps),
      })
      clearInterval(hold)
      process.disconnect()
    }
  }
})
