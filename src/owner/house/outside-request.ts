import { isIP } from 'node:net'
import type { InviteOptions } from '../../sip/endpoint.ts'
import { formatSipUri, parseSipUri } from '../../sip/message/uri.ts'
import type { Destination } from '../../sip/transport/transport.ts'
import { shownAs } from '../ringing-request.ts'

/**
 * A call through a line's gateway: where it goes, and the INVITE for it. Undefined when the gateway's URI can't be
 * used, as its host is no IP address.
 */
export function outsideRequest(
  line: { readonly name: string; readonly number: string | null; readonly callBack: string | null },
  number: string,
): { readonly to: Destination; readonly request: (host: string) => Omit<InviteOptions, 'body'> } | undefined {
  const gateway = parseSipUri(line.callBack ?? '')
  if (!gateway || isIP(gateway.host) === 0) return undefined
  const transport = gateway.params.get('transport')?.toLowerCase() === 'tcp' ? 'tcp' : 'udp'
  const to: Destination = { transport, address: gateway.host, port: gateway.port ?? 5060 }
  const uri = formatSipUri({ ...gateway, user: number, params: new Map() })
  return {
    to,
    request: (host) => ({ uri, to, from: shownAs({ number: line.number ?? line.name, name: null }, host) }),
  }
}
