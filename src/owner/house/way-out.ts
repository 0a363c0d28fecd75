import { isIP } from 'node:net'
import type { InviteOptions } from '../../sip/endpoint.ts'
import { formatSipUri, parseSipUri } from '../../sip/message/uri.ts'
import type { Destination } from '../../sip/transport/transport.ts'
import { shownAs } from '../ringing-request.ts'

/** A call out: where it goes, and the INVITE for it. */
export interface WayOut {
  readonly to: Destination
  /** @param host our address, as it is reached from there */
  readonly request: (host: string) => Omit<InviteOptions, 'body'>
  /** Our address behind a NAT, where this way has one of its own. */
  readonly publicAddress?: string | undefined
}

/** The way out by the account of a line, which whoever registers it knows: the INVITE, and how we are seen from there. */
export type AccountWay = (
  lineId: string,
  number: string,
) =>
  | {
      readonly request: Omit<InviteOptions, 'body'>
      readonly publicAddress: string | undefined
    }
  | undefined

/** Networks that play announcements are asked to let them be heard (RFC 3262, RFC 5009). */
const HEARD_EARLY = { reliable: true, headers: [['P-Early-Media', 'supported']] } as const

/**
 * The way out through a line: by its gateway, whose host is a number that no name server can move, or else by its account.
 * Undefined while neither leads anywhere.
 */
export function wayOut(
  line: {
    readonly id: string
    readonly name: string
    readonly number: string | null
    readonly callBack: string | null
  },
  number: string,
  byAccount: AccountWay,
): WayOut | undefined {
  if (line.callBack === null) {
    const way = byAccount(line.id, number)
    if (!way) return undefined
    const { headers = [], ...request } = way.request
    return {
      to: request.to,
      request: () => ({ ...request, ...HEARD_EARLY, headers: [...headers, ...HEARD_EARLY.headers] }),
      publicAddress: way.publicAddress,
    }
  }
  const gateway = parseSipUri(line.callBack)
  if (!gateway || isIP(gateway.host) === 0) return undefined
  const transport = gateway.params.get('transport')?.toLowerCase() === 'tcp' ? 'tcp' : 'udp'
  const to: Destination = { transport, address: gateway.host, port: gateway.port ?? 5060 }
  const uri = formatSipUri({ ...gateway, user: number, params: new Map() })
  const caller = line.number ?? line.name
  return {
    to,
    request: (host) => ({
      uri,
      to,
      from: shownAs({ number: caller, name: null }, host),
      ...HEARD_EARLY,
    }),
  }
}
