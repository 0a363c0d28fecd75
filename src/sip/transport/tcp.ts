import { connect, createServer, isIPv6, type Server, type Socket } from 'node:net'
import { listenError } from './listen-error.ts'
import { openStreamTransport, SOCKET_OPTIONS, type StreamTransportOptions } from './stream-transport.ts'
import { isAnyAddress, type Transport } from './transport.ts'

export interface TcpTransportOptions
  extends Pick<StreamTransportOptions, 'events' | 'clock' | 'limits' | 'log' | 'admits'> {
  /** An IP address of ours, 0.0.0.0 or ::. */
  readonly address: string
  /** 0 lets the system choose. */
  readonly port: number
}

/**
 * Listens for SIP over TCP (RFC 3261 §18), and connects where there is something to send. Rejects with an
 * `AnswerphoneError` (AP_SIP_…) when the address can't be had.
 */
export async function openTcpTransport(options: TcpTransportOptions): Promise<Transport> {
  const { address, port } = options
  const server = createServer(SOCKET_OPTIONS)
  await listen(server, address, port)
  const bound = server.address() as { address: string; port: number }
  const local = { address: bound.address, port: bound.port }
  const transport = openStreamTransport({
    ...options,
    name: 'tcp',
    local,
    dial: (to) =>
      connect({
        host: to.address,
        port: to.port,
        ...SOCKET_OPTIONS,
        // Leave from the address that we listen on, when it is one.
        ...(isAnyAddress(address) ? {} : { localAddress: address }),
      }),
    stopListening: () => new Promise((stopped) => server.close(() => stopped())),
  })
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
    )
  })
  server.on('error', (error) => options.log?.warn({ error: error.message }, 'TCP listener error'))
  return transport
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', (error) => failed(listenError(error, 'TCP', address, port)))
    server.listen({ host: address, port, ipv6Only: isIPv6(address), exclusive: true }, () => {
      server.removeAllListeners('error')
      listening()
    })
  })
}
