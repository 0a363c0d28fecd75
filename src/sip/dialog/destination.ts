import { isIP } from 'node:net'
import { parseSipUri } from '../message/uri.ts'
import { type Destination, isWebSocket, type Source, type TransportName } from '../transport/transport.ts'

const NAMES: ReadonlySet<string> = new Set(['udp', 'tcp', 'tls', 'ws', 'wss'])

/** The other side of a dialog as the network showed it. */
export interface Peer {
  /** Where its last message came from. */
  readonly source: Source
  /** What that host called itself in its Via, if the message was a request. */
  readonly sentBy: string | undefined
}

/**
 * Where a request to this URI goes, in a dialog with this peer. A numeric host is taken at its word (RFC 3263 §4.2)
 * unless it is what the peer calls itself and the packets show another address: then there is a NAT between us, and
 * only the way back leads there (as RFC 3581 does for responses). The way back serves for host names as well.
 */
export function destinationOf(uri: string, { source, sentBy }: Peer): Destination {
  // RFC 7118 §5: nobody can connect to a browser, whatever address its Contact makes up.
  if (isWebSocket(source)) return source
  const parsed = parseSipUri(uri)
  if (!parsed || isIP(parsed.host) === 0) return source
  if (parsed.host === sentBy?.toLowerCase() && parsed.host !== source.address) return source
  const transport = transportOf(parsed.params.get('transport'), parsed.scheme, source.transport)
  const port = parsed.port ?? (transport === 'tls' || transport === 'wss' ? 5061 : 5060)
  const to: Destination = { transport, address: parsed.host, port }
  if (transport !== source.transport) return to
  // From the socket that the other side knows; and a connection to that very host is used again (RFC 5923).
  const { local, flow } = source
  return parsed.host === source.address && flow !== undefined ? { ...to, local, flow } : { ...to, local }
}

function transportOf(param: string | undefined, scheme: string, before: TransportName): TransportName {
  if (scheme === 'sips') return before === 'wss' ? 'wss' : 'tls'
  const name = param?.toLowerCase()
  return name !== undefined && NAMES.has(name) ? (name as TransportName) : before
}
