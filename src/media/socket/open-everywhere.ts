import type { Endpoint } from '../rtp/latch.ts'
import { MAX_PER_POLL, type OnDatagram, type OpenRtpSocket, type RtpSocket } from './rtp-socket.ts'

/** A socket on several addresses of ours, at one port. */
export interface OpenedEverywhere {
  readonly socket: RtpSocket
  /** Those besides the first that could be had. */
  readonly also: readonly string[]
}

/**
 * Opens one port on several addresses. What comes in says at which (`Endpoint.at`), and what goes back to there leaves from
 * that address: the path that ICE chose has two ends (RFC 8445 §5.1.1, §7.3), and a socket for all addresses would leave
 * the choice of ours to the routes. Rejects like `open` when the first can't be had; others are passed over.
 */
export async function openEverywhere(
  open: OpenRtpSocket,
  [first = '', ...others]: readonly string[],
  port: number,
  onDatagram: OnDatagram,
): Promise<OpenedEverywhere> {
  if (others.length === 0) return { socket: await open(first, port, onDatagram), also: [] }
  let taken = 0
  const at = (address: string): OnDatagram => {
    let plain: Endpoint | undefined
    let place: Endpoint = { address: '', port: 0 }
    return (bytes, length, source, arrivedAt) => {
      taken++
      // The same object while datagrams come from the same place, as of one socket.
      if (source !== plain) place = { ...source, at: address }
      plain = source
      onDatagram(bytes, length, place, arrivedAt)
    }
  }
  const main = await open(first, port, at(first))
  const sockets = new Map([[first, main]])
  for (const address of others) {
    try {
      if (!sockets.has(address)) sockets.set(address, await open(address, main.port, at(address)))
    } catch {} // Gone meanwhile, or another program has the port there.
  }
  const all = [...sockets.values()]
  return {
    also: [...sockets.keys()].slice(1),
    socket: {
      port: main.port,
      poll(limit = MAX_PER_POLL) {
        taken = 0
        for (const socket of all) if (taken < limit) socket.poll(limit - taken)
      },
      send: (packet, byteCount, to) => (sockets.get(to.at ?? first) ?? main).send(packet, byteCount, to),
      close() {
        for (const socket of all) socket.close()
      },
    },
  }
}
