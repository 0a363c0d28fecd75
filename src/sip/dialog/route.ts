import { parseNameAddress } from '../message/name-address.ts'
import { formatSipUri, parseSipUri } from '../message/uri.ts'

/** How a request within a dialog is addressed. */
export interface Routing {
  /** Request-URI. */
  readonly uri: string
  /** Route values. */
  readonly routes: readonly string[]
  /** The URI of the next hop. */
  readonly nextHop: string
}

/** Addresses a request to the target along the route set (RFC 3261 §12.2.1.1). */
export function route(remoteTarget: string, routeSet: readonly string[]): Routing {
  const target = asRequestUri(remoteTarget)
  const [first, ...rest] = routeSet
  if (first === undefined) return { uri: target, routes: [], nextHop: target }
  const hop = parseNameAddress(first)?.uri ?? first
  if (parseSipUri(hop)?.params.has('lr') !== false) return { uri: target, routes: routeSet, nextHop: hop }
  // A strict router takes the Request-URI for itself and finds the target at the end of the route.
  return { uri: asRequestUri(hop), routes: [...rest, `<${target}>`], nextHop: hop }
}

/** Leaves away what a Request-URI may not hold: headers and `method` (RFC 3261 §19.1.1, table 1). */
export function asRequestUri(uri: string): string {
  if (!uri.includes('?') && !/;method=/i.test(uri)) return uri
  const parsed = parseSipUri(uri)
  if (!parsed) return uri
  const params = new Map(parsed.params)
  params.delete('method')
  return formatSipUri({ ...parsed, params, headers: undefined })
}
