import { destinationOf } from '../../sip/dialog/destination.ts'
import { parseSipUri } from '../../sip/message/uri.ts'
import type { Destination, Source } from '../../sip/transport/transport.ts'

/**
 * Where a phone that registered over a connection can be connected to once that is closed: at its contact, where this
 * names the very address that the connection came from (no NAT between us), and the same transport. While the connection
 * is open, what goes there goes over it. Undefined for all others, for browsers always.
 */
export function connectTo(contact: string, source: Source): Destination | undefined {
  if (source.transport !== 'tcp' && source.transport !== 'tls') return undefined
  if (parseSipUri(contact)?.host !== source.address) return undefined
  const to = destinationOf(contact, { source, sentBy: undefined })
  return to.transport === source.transport ? to : undefined
}
