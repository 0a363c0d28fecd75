import { createSocket, type RemoteInfo } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import type { Endpoint } from '../rtp/latch.ts'
import { MAX_DATAGRAM_BYTES, type OnDatagram, type OpenRtpSocket } from './rtp-socket.ts'

/** Sockets of node:dgram: they work everywhere and deliver by themselves. */
export function dgramSockets(clock: Clock): OpenRtpSocket {
  return (address, port, onDatagram) =>
    new Promise((resolve, reject) => {
      const family = isIPv6(address) ? 6 : 4
      const socket = createSocket({
        type: family === 6 ? 'udp6' : 'udp4',
        ipv6Only: family === 6,
        // Only addresses come here, never names: to look them up would cost a turn of the event loop per packet.
        lookup: (address, _options, found) => found(null, address, family),
      })
      const fail = (error: Error) => {
        socket.close()
        reject(error)
      }
      socket.once('error', fail)
      socket.bind({ address, port, exclusive: true }, () => {
        socket.off('error', fail)
        // What can't be sent is lost, as on the way: an ICMP error tells nothing that the RTP time-out does not.
        socket.on('error', () => {})
        socket.on('message', deliverTo(onDatagram, clock))
        let open = true
        resolve({
          port: socket.address().port,
          poll() {},
          send(packet, byteCount, to) {
            if (open) socket.send(packet, 0, byteCount, to.port, to.address)
          },
          close() {
            if (open) socket.close()
            open = false
          },
        })
      })
    })
}

/** Hands out one object for a source for as long as datagrams keep coming from it. */
function deliverTo(onDatagram: OnDatagram, clock: Clock): (bytes: Buffer, from: RemoteInfo) => void {
  let source: Endpoint = { address: '', port: 0 }
  return (bytes, { address, port }) => {
    if (port !== source.port || address !== source.address) source = { address, port }
    onDatagram(bytes, Math.min(bytes.length, MAX_DATAGRAM_BYTES), source, clock.monotonic())
  }
}
