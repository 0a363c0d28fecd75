import { isIP } from 'node:net'
import { checkServerIdentity, connect, getCACertificates, type PeerCertificate } from 'node:tls'
import { openStreamTransport, SOCKET_OPTIONS, type StreamTransportOptions } from './stream-transport.ts'
import { type Destination, isAnyAddress, type SocketAddress, type Transport } from './transport.ts'

export interface TlsTransportOptions
  extends Pick<StreamTransportOptions, 'events' | 'clock' | 'limits' | 'log'> {
  /**
   * What Via and Contact name. Nobody listens there for TLS: whoever wants us uses the connection that we made
   * (RFC 5923, RFC 5626 §3.2).
   */
  readonly local: SocketAddress
  /** Whose certificates are good, as PEM; the authorities of Node and of this system unless given. */
  readonly authorities?: readonly string[]
}

/**
 * SIP over TLS (RFC 3261 §26.2) to servers of others, whose certificates have to be good. A connection whose certificate
 * is not fails with the code that Node gives it.
 */
export function openTlsTransport(options: TlsTransportOptions): Transport {
  const { local } = options
  return openStreamTransport({
    ...options,
    name: 'tls',
    dial({ host, address, port }: Destination) {
      return connect({
        ...SOCKET_OPTIONS,
        host: address,
        port,
        ca: [...(options.authorities ?? ofSystem())],
        minVersion: 'TLSv1.2',
        // RFC 6066 §3: a number is no server name.
        ...(host !== undefined && isIP(host) === 0 && { servername: host }),
        checkServerIdentity: (_, certificate) => checkSipIdentity(host ?? address, certificate),
        ...(isAnyAddress(local.address) ? {} : { localAddress: local.address }),
      })
    },
    stopListening: async () => {},
  })
}

/** RFC 5922 §7.1: the domain may stand in the certificate as a SIP URI; else as the name of a host. */
export function checkSipIdentity(domain: string, certificate: PeerCertificate): Error | undefined {
  // Node quotes a name that holds a comma: where one does, none is taken apart here (CVE-2021-44532).
  const { subjectaltname = '' } = certificate
  const names = subjectaltname.includes('"') ? [] : subjectaltname.split(', ')
  return names.some((name) => name.toLowerCase() === `uri:sip:${domain.toLowerCase()}`)
    ? undefined
    : checkServerIdentity(domain, certificate)
}

let known: readonly string[] | undefined

/** Node's authorities, those of NODE_EXTRA_CA_CERTS, and the system's, to which an owner may have added his own. */
function ofSystem(): readonly string[] {
  known ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  return known
}
