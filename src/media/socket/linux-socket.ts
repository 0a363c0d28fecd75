import { isIPv6 } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import type { Endpoint } from '../rtp/latch.ts'
import { BATCH, DatagramBatch } from './datagram-batch.ts'
import type { Libc } from './libc.ts'
import { OpenDescriptors } from './open-descriptors.ts'
import { MAX_PER_POLL, type OnDatagram, type OpenRtpSocket, type RtpSocket } from './rtp-socket.ts'
import {
  AF_INET,
  AF_INET6,
  MAX_ADDRESS_BYTES,
  readSocketAddress,
  writeSocketAddress,
} from './socket-address.ts'

const SOCK_DGRAM = 2
const SOCK_NONBLOCK = 0o4000
const SOCK_CLOEXEC = 0o2000000
const SOL_SOCKET = 1
const SO_TIMESTAMPNS = 35
const IPPROTO_IPV6 = 41
const IPV6_V6ONLY = 26
const ON = Buffer.from([1, 0, 0, 0])
/** Wall time is read anew when it is found this far off: it was set, and arrival times would be off with it. */
const WALL_STEP_MS = 5

/**
 * UDP sockets of Linux, polled at the call's own deadline instead of waking the event loop for every packet: a fifth
 * of node:dgram's cost to receive and half of it to send. The kernel says when a packet arrived, so that polling
 * blurs no jitter.
 */
export function linuxSockets(libc: Libc, clock: Clock, descriptors = new OpenDescriptors()): OpenRtpSocket {
  const batches = { [AF_INET]: new DatagramBatch(libc), [AF_INET6]: new DatagramBatch(libc) }
  const arrival = arrivalClock(clock)

  return async (address, port, onDatagram) => {
    const fd = bound(libc, address, port)
    descriptors.add(fd)
    const batch = batches[isIPv6(address) ? AF_INET6 : AF_INET]
    return socketOn(libc, fd, batch, arrival, onDatagram, () => {
      descriptors.remove(fd)
      libc.close(fd)
    })
  }
}

function socketOn(
  libc: Libc,
  fd: number,
  batch: DatagramBatch,
  arrivedAt: (wallAt: number) => number,
  onDatagram: OnDatagram,
  close: () => void,
): RtpSocket {
  let open = true
  const from = { raw: Buffer.alloc(MAX_ADDRESS_BYTES), source: { address: '', port: 0 } as Endpoint }
  let to: { readonly target?: Endpoint; readonly raw: Buffer } = { raw: Buffer.alloc(0) }

  const sourceOf = (i: number): Endpoint => {
    const raw = batch.source(i)
    if (!raw.equals(from.raw)) {
      raw.copy(from.raw)
      from.source = readSocketAddress(raw)
    }
    return from.source
  }
  return {
    port: localPort(libc, fd),
    poll(limit = MAX_PER_POLL) {
      for (let left = limit; open && left > 0; left -= BATCH) {
        const count = batch.receive(fd, Math.min(left, BATCH))
        for (let i = 0; i < count; i++)
          onDatagram(batch.bytes(i), batch.take(i), sourceOf(i), arrivedAt(batch.arrivedWallAt(i)))
        if (count < BATCH) return
      }
    },
    send(packet, byteCount, target) {
      if (!open) return
      if (to.target !== target) to = { target, raw: writeSocketAddress(target) }
      libc.sendto(fd, packet, byteCount, 0, to.raw, to.raw.length) // what can't be sent is lost
    },
    close() {
      if (open) close()
      open = false
    },
  }
}

/** Makes a socket on an address; throws the system's error and leaves nothing open when that fails. */
function bound(libc: Libc, address: string, port: number): number {
  const family = isIPv6(address) ? AF_INET6 : AF_INET
  const fd = libc.socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
  if (fd < 0) throw libc.error()
  const local = writeSocketAddress({ address, port })
  if (family === AF_INET6) libc.setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, ON, ON.length)
  libc.setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, ON, ON.length)
  if (libc.bind(fd, local, local.length) === 0) return fd
  const error = libc.error()
  libc.close(fd)
  throw error
}

function localPort(libc: Libc, fd: number): number {
  const address = Buffer.alloc(MAX_ADDRESS_BYTES)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(address.length)
  libc.getsockname(fd, address, size)
  return address.readUInt16BE(2)
}

/** Turns the kernel's wall time of an arrival into monotonic time, which a step of the wall clock does not disturb. */
function arrivalClock(clock: Clock): (wallAt: number) => number {
  let offset = Number.NaN
  return (wallAt) => {
    const now = clock.monotonic()
    if (Number.isNaN(wallAt)) return now
    // Wall time comes in whole ms. Rounded up, no arrival seems to lie ahead, to be moved by when it is looked at.
    const offsetNow = clock.now() + 1 - now
    if (!(Math.abs(offsetNow - offset) < WALL_STEP_MS)) offset = offsetNow
    return Math.min(wallAt - offset, now)
  }
}
