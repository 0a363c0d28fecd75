import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { type Log, silentLog } from '../../shared/log.ts'
import { listenError } from './listen-error.ts'
import { answerBinding, isStun } from './stun.ts'
import { type Source, sameFamily, type Transport, type TransportEvents } from './transport.ts'

export interface UdpTransportOptions {
  /** An IP address of ours, 0.0.0.0 or ::. */
  readonly address: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly events: TransportEvents
  /** Whose STUN Binding requests are answered; everybody's unless given. What else they send is the receiver's to judge. */
  readonly admits?: ((from: Source) => boolean) | undefined
  readonly log?: Log
}

/** A burst of calls must fit in here while the process is busy. The system may grant less. */
const BUFFER_BYTES = 4 * 1024 * 1024

/**
 * Opens a UDP socket for SIP (RFC 3261 §18). Rejects with an `AnswerphoneError` (AP_SIP_…) when the address can't be had.
 */
export async function openUdpTransport(options: UdpTransportOptions): Promise<Transport> {
  const { address, port, events, log = silentLog } = options
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    // A `::` socket is for IPv6 alone: mapped addresses would make one peer look like two.
    ipv6Only: isIPv6(address),
    // Destinations are IP addresses already; Node's resolver would cost a turn of the loop for each datagram.
    lookup: (host, _options, done) => done(null, host, isIPv6(host) ? 6 : 4),
  })
  await bind(socket, address, port)
  grow(socket, log)
  const bound = socket.address()
  const local = { address: bound.address, port: bound.port }
  let closing: Promise<void> | undefined

  socket.on('error', (error) => log.warn({ error: error.message }, 'UDP socket error'))
  socket.on('message', (bytes, remote) => {
    if (isKeepAlive(bytes)) return
    const from: Source = { transport: 'udp', address: remote.address, port: remote.port, local }
    if (isStun(bytes)) {
      answerStun(bytes, from)
      return events.onStun?.(bytes, from)
    }
    events.onMessage(bytes, from)
  })

  /** RFC 5626 §4.4.2: a phone keeps its way through a NAT open, and learns when that way has changed. */
  function answerStun(bytes: Buffer, from: Source): void {
    const answer = options.admits?.(from) === false ? undefined : answerBinding(bytes, from)
    // One that gets lost is asked for again. A packet may say that it came from port 0, where nobody can be.
    if (answer && from.port > 0) socket.send(answer, from.port, from.address, () => {})
  }

  return {
    name: 'udp',
    reliable: false,
    local,
    reaches: (to) => to.transport === 'udp' && sameFamily(to.address, address),
    send(bytes, to) {
      const report = (error: Error | null) => {
        if (error) events.onSendFailed(to, error)
      }
      try {
        socket.send(bytes, to.port, to.address, report)
      } catch (error) {
        // A port out of range, or the socket is closed.
        queueMicrotask(() => report(error as Error))
      }
    },
    close() {
      closing ??= new Promise((closed) => socket.close(() => closed()))
      return closing
    },
  }
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((bound, failed) => {
    socket.once('error', (error) => {
      socket.close()
      failed(listenError(error, 'UDP', address, port))
    })
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error')
      bound()
    })
  })
}

function grow(socket: Socket, log: Log): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES)
    socket.setSendBufferSize(BUFFER_BYTES)
  } catch (error) {
    log.debug({ error: (error as Error).message }, 'the UDP socket keeps its small buffers')
  }
}

/** Empty datagrams, line breaks (RFC 5626 §3.5.1 has them on streams, many phones send them here too) and NULs. */
function isKeepAlive(bytes: Buffer): boolean {
  if (bytes.length > 4) return false
  return bytes.every((byte) => byte === 0x0d || byte === 0x0a || byte === 0)
}
