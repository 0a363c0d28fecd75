import type { RtpSocket } from '../../src/media/socket/rtp-socket.ts'
import type { Clock, Timer } from '../../src/shared/clock.ts'
import type { Transport } from '../../src/sip/transport/transport.ts'
import { HOUSE, type Through } from '../helpers/in-memory-house.ts'

/** A leak that a test puts into the house: nothing until it is opened, as by a phone or a listener. */
export interface PlantedLeak {
  readonly through: Through
  open(): void
}

/** From `open` on the machine's long timers, of which the ring time is one, end this much earlier. */
export function shorterRing(byMs: number): PlantedLeak {
  const running = new Set<{ readonly fire: () => void; readonly at: number; timer: Timer }>()
  let clock: Clock | undefined
  return {
    through: {
      clock(given) {
        clock = given
        return {
          now: given.now,
          monotonic: given.monotonic,
          setTimer(delayMs, fire) {
            if (delayMs < 1000) return given.setTimer(delayMs, fire)
            const entry = {
              at: given.monotonic() + delayMs,
              fire() {
                running.delete(entry)
                fire()
              },
              timer: given.setTimer(delayMs, () => entry.fire()),
            }
            running.add(entry)
            const cancel = () => {
              running.delete(entry)
              entry.timer.cancel()
            }
            return { cancel, [Symbol.dispose]: cancel }
          },
        }
      },
    },
    open() {
      for (const entry of running) {
        entry.timer.cancel()
        entry.timer = clock?.setTimer(entry.at - byMs - clock.monotonic(), entry.fire) ?? entry.timer
      }
    },
  }
}

/** From `open` on responses with these statuses have a header more. */
export function oneMoreHeader(header: string, statuses: readonly number[]): PlantedLeak {
  let isOpen = false
  return {
    through: {
      transport: (transport) =>
        passing(transport, (text) =>
          isOpen && statuses.some((status) => text.startsWith(`SIP/2.0 ${status} `))
            ? text.replace('\r\nContent-Length:', `\r\n${header}\r\nContent-Length:`)
            : text,
        ),
    },
    open() {
      isOpen = true
    },
  }
}

function passing(transport: Transport, change: (text: string) => string): Transport {
  return {
    name: transport.name,
    reliable: transport.reliable,
    local: transport.local,
    reaches: (to) => transport.reaches(to),
    send: (bytes, to) => transport.send(Buffer.from(change(bytes.toString('latin1')), 'latin1'), to),
    close: () => transport.close(),
  }
}

/** How a packet leaves: `send` it, now or later, once or more, changed or not. */
type Handling = (packet: Buffer, send: (packet: Buffer) => void, clock: Clock) => void

/** From `open` on packets to callers are handled like this. `only`: RTP, or RTCP (RFC 5761 §4 tells them apart). */
export function handledPackets(only: 'rtp' | 'rtcp', handle: Handling): PlantedLeak & { clock?: Clock } {
  const leak: PlantedLeak & { clock?: Clock; isOpen: boolean } = {
    isOpen: false,
    through: {
      clock(clock) {
        leak.clock = clock
        return clock
      },
      socket: (open) => async (address, port, onDatagram) => {
        const socket = await open(address, port, onDatagram)
        return address === HOUSE ? around(socket) : socket
      },
    },
    open() {
      leak.isOpen = true
    },
  }
  const around = (socket: RtpSocket): RtpSocket => ({
    port: socket.port,
    poll: () => socket.poll(),
    close: () => socket.close(),
    send(packet, byteCount, to) {
      const bytes = Buffer.from(packet.subarray(0, byteCount))
      const isRtcp = ((bytes[1] ?? 0) & 0x7f) >= 72 && ((bytes[1] ?? 0) & 0x7f) <= 76
      const send = (changed: Buffer) => socket.send(changed, changed.length, to)
      if (!leak.isOpen || !leak.clock || isRtcp !== (only === 'rtcp')) return send(bytes)
      handle(bytes, send, leak.clock)
    },
  })
  return leak
}
