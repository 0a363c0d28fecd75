import { connect } from 'node:net'
import { listenForStreams } from './listen-streams.ts'
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
export function openTcpTransport(options: TcpTransportOptions): Promise<Transport> {
  const { address, port, log } = options
  return listenForStreams({
    protocol: 'TCP',
    address,
    port,
    log,
    openTransport: (local, stopListening) =>
      openStreamTransport({
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
        stopListening,
      }),
  })
}
