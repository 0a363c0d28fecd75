import type { Clock } from '../../shared/clock.ts'
import { dgramSockets } from './dgram-socket.ts'
import { loadLibc } from './libc.ts'
import { linuxSockets } from './linux-socket.ts'
import type { OpenRtpSocket } from './rtp-socket.ts'

/** The cheapest sockets that this machine has: Linux's own where they can be had, node:dgram's everywhere else. */
export async function cheapestSockets(clock: Clock): Promise<OpenRtpSocket> {
  const libc = await loadLibc()
  return libc ? linuxSockets(libc, clock) : dgramSockets(clock)
}
