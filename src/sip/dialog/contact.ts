import { isIPv6 } from 'node:net'
import { escapeUri } from '../message/escapes.ts'
import { parseSipUri } from '../message/uri.ts'
import { isWebSocket, type SocketAddress, type TransportName } from '../transport/transport.ts'

export interface ContactParts {
  /** The Request-URI that reached us: its user part is kept, so that the Contact depends on nothing but the request. */
  readonly uri: string
  readonly transport: TransportName
  /** Where the other side reaches us: the context's `contactFor`. */
  readonly local: SocketAddress
  /** Requests are to come by the connection that is open (RFC 5626 §4.3). */
  readonly byFlow?: boolean | undefined
}

/** The value of our Contact (RFC 3261 §8.1.1.8, §12.1.1). */
export function formatContact({ uri, transport, local, byFlow = false }: ContactParts): string {
  const host = local.address
  const user = parseSipUri(uri)?.user
  const userPart = user === undefined ? '' : `${escapeUri(user, '&=+$,;?/')}@`
  // RFC 3261 §12.1.1: a sips call has a sips Contact.
  const scheme = uri.slice(0, 5).toLowerCase() === 'sips:' ? 'sips' : 'sip'
  // RFC 7118 §5.2.2: a URI says `ws` for both.
  const name = isWebSocket({ transport }) ? 'ws' : transport
  const param = transport === 'udp' || scheme === 'sips' ? '' : `;transport=${name}`
  return `<${scheme}:${userPart}${isIPv6(host) ? `[${host}]` : host}:${local.port}${param}${byFlow ? ';ob' : ''}>`
}
