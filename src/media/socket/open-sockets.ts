import type { Clock } from '../../shared/clock.ts'
import { dgramSockets } from './dgram-socket.ts'
import { loadLibc } from './libc.ts'
import { linuxSockets } from './linux-socket.ts'
import type { OpenDescriptors } from './open-descriptors.ts'
import type { OpenRtpSocket } from './rtp-socket.ts'

/** The cheapest sockets that this machine has: Linux's own where they can be had, node:dgram's everywhere else. */
export async function cheapestSockets(clock: Clock, descriptors: OpenDescriptors): Promise<OpenRtpSocket> {
  const libc = await loadLibc()
  return libc ? linuxSockets(libc, clock, descriptors) : dgramSockets(clock)
}

/** Closes what a thread that died has left open. */
export async function closeLeft(descriptors: OpenDescriptors): Promise<void> {
  const left = descriptors.takeAll()
  const libc = left.length > 0 ? await loadLibc() : undefined
  for (const fd of left) libc?.close(fd)
}
