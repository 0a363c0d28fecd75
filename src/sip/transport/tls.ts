import { isIP } from 'node:net'
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  type SecureContext,
  TLSSocket,
} from 'node:tls'
import { limitHandshakes } from '../../shared/handshake-limit.ts'
import { listenForStreams } from './listen-streams.ts'
import {
  openStreamTransport,
  SOCKET_OPTIONS,
  type StreamTransport,
  type StreamTransportOptions,
} from './stream-transport.ts'
import { type Destination, isAnyAddress, type SocketAddress, type Transport } from './transport.ts'

/** With its chain and its key, PEM. */
export interface TlsCertificate {
  readonly cert: string
  readonly key: string
}

interface CommonOptions extends Pick<StreamTransportOptions, 'events' | 'clock' | 'limits' | 'log'> {
  /** Whose certificates are good, as PEM; the authorities of Node and of this system unless given. */
  readonly authorities?: readonly string[]
}

export interface TlsTransportOptions extends CommonOptions {
  /**
   * What Via and Contact name. Nobody listens there for TLS: whoever wants us uses the connection that we made
   * (RFC 5923, RFC 5626 §3.2).
   */
  readonly local: SocketAddress
}

export interface TlsListenerOptions extends CommonOptions, Pick<StreamTransportOptions, 'admits'> {
  /** An IP address of ours, 0.0.0.0 or ::. */
  readonly address: string
  /** 0 lets the system choose. */
  readonly port: number
  /** That of now: asked at each connection, so that a new one needs nobody to be told, and no connection to end. */
  readonly certificate: () => TlsCertificate
}

const OLDEST = 'TLSv1.2'

/**
 * SIP over TLS (RFC 3261 §26.2) to servers of others, whose certificates have to be good. A connection whose certificate
 * is not fails with the code that Node gives it.
 */
export function openTlsTransport(options: TlsTransportOptions): Transport {
  return openTransport(options, options.local, async () => {})
}

/**
 * Listens for SIP over TLS, too: phones and trunks come by it, and are reached over the connection by which they came
 * (RFC 5923, RFC 5626 §5.3). A handshake has the time and the room of a first message, and there are not too many of them
 * at a time. Rejects with an `AnswerphoneError` (AP_SIP_…) when the address can't be had.
 */
export function openTlsListener(options: TlsListenerOptions): Promise<Transport> {
  const { address, port, log, certificate } = options
  const contextOf = rememberContext()
  const mayShakeHands = limitHandshakes()
  const admits: TlsListenerOptions['admits'] = (from) =>
    options.admits?.(from) !== false && mayShakeHands(from.address, options.clock.monotonic())
  return listenForStreams({
    protocol: 'TLS',
    address,
    port,
    log,
    openTransport: (local, stopListening) => openTransport({ ...options, admits }, local, stopListening),
    wrap(socket) {
      // The stream above is closed with it, and tells why.
      socket.on('error', () => {})
      return new TLSSocket(socket, { isServer: true, secureContext: contextOf(certificate()) })
    },
  })
}

/** Makes a context of a certificate once: it costs a millisecond, a connection is to cost less. */
function rememberContext(): (certificate: TlsCertificate) => SecureContext {
  let last: { readonly cert: string; readonly context: SecureContext } | undefined
  return ({ cert, key }) => {
    if (last?.cert !== cert) last = { cert, context: createSecureContext({ cert, key, minVersion: OLDEST }) }
    return last.context
  }
}

function openTransport(
  options: CommonOptions & Pick<StreamTransportOptions, 'admits'>,
  local: SocketAddress,
  stopListening: () => Promise<void>,
): StreamTransport {
  return openStreamTransport({
    ...options,
    local,
    name: 'tls',
    dial({ host, address, port }: Destination) {
      return connect({
        ...SOCKET_OPTIONS,
        host: address,
        port,
        ca: [...(options.authorities ?? systemAuthorities())],
        minVersion: OLDEST,
        // RFC 6066 §3: a number is no server name.
        ...(host !== undefined && isIP(host) === 0 && { servername: host }),
        checkServerIdentity: (_, certificate) => checkSipIdentity(host ?? address, certificate),
        ...(isAnyAddress(local.address) ? {} : { localAddress: local.address }),
      })
    },
    stopListening,
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
export function systemAuthorities(): readonly string[] {
  known ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  return known
}
