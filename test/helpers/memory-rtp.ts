import type { Endpoint } from '../../src/media/rtp/latch.ts'
import {
  MAX_DATAGRAM_BYTES,
  type OnDatagram,
  type OpenRtpSocket,
  type RtpSocket,
} from '../../src/media/socket/rtp-socket.ts'
import type { Clock } from '../../src/shared/clock.ts'

/** One datagram as it went over the wire. */
export interface Carried {
  /** Monotonic ms at which it was sent; it arrives at once. */
  readonly at: number
  readonly from: Endpoint
  readonly to: Endpoint
  readonly bytes: Buffer
}

/** UDP in memory: what is sent arrives at once, in order, if anyone is there; everything is kept for the test to read. */
export interface MemoryRtp {
  /** For `createLocalEngine`, and for the test's own end of the wire. */
  readonly open: OpenRtpSocket
  /** As `open`, at once; throws when the port is taken. */
  openNow(address: string, port: number, onDatagram?: OnDatagram): RtpSocket
  /** Sends from an address and port on which nobody needs to be. */
  inject(from: Endpoint, to: Endpoint, bytes: Buffer): void
  readonly carried: readonly Carried[]
  /** Sockets open now: 0 at the end of a test, or something leaked. */
  readonly openSockets: number
}

export function memoryRtp(clock: Clock): MemoryRtp {
  const carried: Carried[] = []
  const sockets = new Map<string, OnDatagram>()
  const sources = new Map<string, Endpoint>()
  let ephemeral = 49_152

  const key = (address: string, port: number) => `${address} ${port}`
  const intern = (place: Endpoint): Endpoint => {
    const name = key(place.address, place.port)
    const known = sources.get(name) ?? place
    sources.set(name, known)
    return known
  }
  const carry = (from: Endpoint, to: Endpoint, bytes: Buffer) => {
    carried.push({ at: clock.monotonic(), from, to, bytes })
    const deliver = sockets.get(key(to.address, to.port))
    deliver?.(Buffer.from(bytes), Math.min(bytes.length, MAX_DATAGRAM_BYTES), intern(from), clock.monotonic())
  }
  const openNow = (address: string, wanted: number, onDatagram: OnDatagram = () => {}): RtpSocket => {
    const port = wanted === 0 ? ephemeral++ : wanted
    const name = key(address, port)
    if (sockets.has(name)) throw Object.assign(new Error(`${name} is taken`), { code: 'EADDRINUSE' })
    sockets.set(name, onDatagram)
    return {
      port,
      poll() {},
      send: (packet, byteCount, to) =>
        carry({ address, port }, to, Buffer.from(packet.subarray(0, byteCount))),
      close: () => void sockets.delete(name),
    }
  }
  return {
    open: async (address, port, onDatagram) => openNow(address, port, onDatagram),
    openNow,
    inject: carry,
    carried,
    get openSockets() {
      return sockets.size
    },
  }
}
