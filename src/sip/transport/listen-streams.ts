import { createServer, isIPv6, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Log, silentLog } from '../../shared/log.ts'
import { listenError } from './listen-error.ts'
import { SOCKET_OPTIONS, type StreamTransport } from './stream-transport.ts'
import type { SocketAddress } from './transport.ts'

export interface StreamListenerOptions {
  readonly protocol: 'TCP' | 'TLS'
  /** An IP address of ours, 0.0.0.0 or ::. */
  readonly address: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly log?: Log | undefined
  /** The transport to which connections are handed. */
  openTransport(local: SocketAddress, stopListening: () => Promise<void>): StreamTransport
  /** What SIP goes over; the socket itself unless given. */
  wrap?(socket: Socket): Duplex
}

/** Listens for connections. Rejects with an `AnswerphoneError` (AP_SIP_…) when the address can't be had. */
export async function listenForStreams(options: StreamListenerOptions): Promise<StreamTransport> {
  const { log = silentLog, protocol, wrap = (socket) => socket } = options
  const server = createServer(SOCKET_OPTIONS)
  await listen(server, options)
  const bound = server.address() as { address: string; port: number }
  const local = { address: bound.address, port: bound.port }
  const stop = () => new Promise<void>((stopped) => server.close(() => stopped()))
  const transport = options.openTransport(local, stop)
  server.on('connection', (socket: Socket) => {
    const { remoteAddress, remotePort, localAddress } = socket
    // Gone before we looked.
    if (remoteAddress === undefined || remotePort === undefined) {
      socket.destroy()
      return
    }
    transport.accept(
      socket,
      { address: remoteAddress, port: remotePort },
      { address: localAddress ?? local.address, port: local.port },
      wrap,
    )
  })
  server.on('error', (error) => log.warn({ error: error.message }, `${protocol} listener error`))
  return transport
}

function listen(server: Server, { protocol, address, port }: StreamListenerOptions): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', (error) => failed(listenError(error, protocol, address, port)))
    server.listen({ host: address, port, ipv6Only: isIPv6(address), exclusive: true }, () => {
      server.removeAllListeners('error')
      listening()
    })
  })
}
