import { parseSipUri, type SipUri } from './uri.ts'

/** Parameters that make a difference even where only one of the URIs has them. */
const TELLING = ['user', 'ttl', 'method', 'maddr', 'transport'] as const

/**
 * Whether two URIs are equivalent (RFC 3261 §19.1.4): the user by case, the rest without; a port or one of `TELLING` that
 * only one has makes them differ, any other parameter that only one has does not. URIs of other schemes are the same
 * when their text is.
 */
export function sameUri(one: string, other: string): boolean {
  if (one === other) return true
  const a = parseSipUri(one)
  const b = parseSipUri(other)
  if (!a || !b) return false
  return (
    a.scheme === b.scheme &&
    a.user === b.user &&
    a.password === b.password &&
    a.host === b.host &&
    a.port === b.port &&
    sameParams(a.params, b.params) &&
    sameHeaders(a, b)
  )
}

function sameParams(a: SipUri['params'], b: SipUri['params']): boolean {
  if (TELLING.some((name) => a.has(name) !== b.has(name))) return false
  for (const [name, value] of a) {
    if (b.has(name) && value?.toLowerCase() !== b.get(name)?.toLowerCase()) return false
  }
  return true
}

/** In any order. */
function sameHeaders({ headers: a = '' }: SipUri, { headers: b = '' }: SipUri): boolean {
  const sorted = (headers: string) => headers.toLowerCase().split('&').sort().join('&')
  return sorted(a) === sorted(b)
}
