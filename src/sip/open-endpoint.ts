import { type AttachableEndpoint, createEndpoint, type EndpointOptions } from './create-endpoint.ts'
import { openPair } from './transport/open-pair.ts'
import type { StreamTransportOptions } from './transport/stream-transport.ts'
import { openTcpTransport } from './transport/tcp.ts'
import { openTlsListener, openTlsTransport, type TlsCertificate } from './transport/tls.ts'
import {
  type SocketAddress,
  type Source,
  sameFamily,
  type Transport,
  type TransportName,
} from './transport/transport.ts'
import { openUdpTransport } from './transport/udp.ts'

export interface OpenEndpointOptions extends EndpointOptions {
  /** Addresses to listen on, each over UDP and TCP; from each, others can be reached over TLS. With port 0 the system chooses one, the same for both. */
  readonly listen: readonly SocketAddress[]
  /** Addresses to listen on over TLS, and by which certificate: see `TlsListenerOptions`. */
  readonly listenTls?: readonly SocketAddress[]
  readonly certificate?: () => TlsCertificate
  /** Whose STUN is answered; that of whoever is admitted unless given. */
  readonly answersStun?: (source: Source) => boolean
  /** Whose certificates are good over TLS, as PEM; the authorities of Node and of this system unless given. */
  readonly authorities?: readonly string[]
  /** Limits on connections. */
  readonly connections?: StreamTransportOptions['limits']
}

export interface OpenEndpoint extends AttachableEndpoint {
  /** What it listens on, with the ports that were had. */
  readonly locals: readonly (SocketAddress & { readonly transport: TransportName })[]
}

/**
 * A user agent on sockets of its own. Rejects with an `AnswerphoneError` (AP_SIP_…) when an address can't be had; then
 * nothing stays open.
 */
export async function openEndpoint(options: OpenEndpointOptions): Promise<OpenEndpoint> {
  const endpoint = createEndpoint(options)
  const { listenTls: tls = [], certificate } = options
  const opened: Transport[] = []
  const attach = (transport: Transport) => {
    opened.push(transport)
    endpoint.attach(transport)
  }
  const common = { events: endpoint.receive, ...(options.log && { log: options.log }) }
  try {
    for (const { address, port } of options.listen) {
      const stream = {
        ...{ admits: options.admits, clock: options.clock, ...common },
        ...(options.connections && { limits: options.connections }),
      }
      const admits = options.answersStun ?? options.admits
      const [udp, tcp] = await openPair(
        port,
        (port) => openUdpTransport({ address, port, admits, ...common }),
        (port) => openTcpTransport({ address, port, ...stream }),
      )
      attach(udp)
      attach(tcp)
      // What we would name there, where we listen for TLS, is better.
      if (!tls.some((one) => sameFamily(one.address, address)))
        endpoint.attach(
          openTlsTransport({
            local: udp.local,
            clock: options.clock,
            ...(options.authorities && { authorities: options.authorities }),
            ...common,
          }),
        )
    }
    if (certificate)
      for (const place of tls)
        attach(
          await openTlsListener({
            ...place,
            certificate,
            admits: options.admits,
            clock: options.clock,
            ...(options.connections && { limits: options.connections }),
            ...common,
          }),
        )
  } catch (error) {
    await endpoint.close()
    throw error
  }
  return Object.assign(endpoint, { locals: opened.map(({ name, local }) => ({ transport: name, ...local })) })
}
