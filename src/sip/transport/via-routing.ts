import type { SipRequest } from '../message/message.ts'
import { topVia } from '../message/read.ts'
import { formatVia, type Via } from '../message/via.ts'
import { DEFAULT_PORT, type Destination, type Source } from './transport.ts'

/**
 * Writes where a request came from into its top Via: `received` when the sent-by says something else
 * (RFC 3261 §18.2.1), and `received` and `rport` when the client asked by an empty `rport` (RFC 3581 §4).
 * Returns the Via as it stands afterwards, or nothing when there is none to answer by.
 */
export function markReceived(request: SipRequest, source: Source): Via | undefined {
  const via = topVia(request)
  if (!via) return undefined
  const asked = via.params.has('rport')
  if (!asked && sameHost(via.host, source.address)) return via
  const params = new Map(via.params).set('received', source.address)
  if (asked) params.set('rport', String(source.port))
  const marked = { ...via, params }
  request.headers.removeFirstValue('Via').prepend('Via', formatVia(marked))
  return marked
}

/**
 * Where the responses to a request go (RFC 3261 §18.2.2, RFC 3581 §4), read from the top Via as `markReceived` left it.
 *
 * `maddr` is not followed: it would let anybody aim our responses at a third party, and only multicast needs it.
 */
export function responseDestination(via: Via | undefined, source: Source): Destination {
  const { transport, address, flow, local } = source
  // Without a readable Via there is only the way that it came by.
  const sentByPort = via ? (via.port ?? DEFAULT_PORT[transport]) : source.port
  // §18.2.2: over the connection that the request came by; should it be closed, over a new one to the sent-by port.
  if (flow !== undefined) return { transport, address, port: sentByPort, flow, local }
  return { transport, address, port: via?.params.get('rport') ? source.port : sentByPort, local }
}

function sameHost(host: string, address: string): boolean {
  return host === address || host.replace(/^\[|\]$/g, '').toLowerCase() === address.toLowerCase()
}
