import { lookup as lookUp } from 'node:dns'
import { Agent } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Where we go when others name the URL: browsers their push service, callers the certificate of who signed. They could
 * have the machine call its own network, so only the public Internet is called. `test`: one address instead, with an
 * authority of its own.
 */
export type Reach =
  | { readonly kind: 'public' }
  | { readonly kind: 'test'; readonly address: string; readonly ca: string }

/** The global unicast addresses of RFC 4291 §2.4 and what is public of IPv4; no address of another kind in disguise. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number])
}

const mayReach = (reach: Reach, address: string) =>
  reach.kind === 'public' ? isPublic(address) : address === reach.address

/** Why this URL is not called, where that can be told by its letters; a name is looked up when it is. */
export function whyNotCalled(endpoint: string, reach: Reach): string | null {
  const url = URL.parse(endpoint)
  if (url?.protocol !== 'https:') return 'it is no https URL'
  if (url.username !== '' || url.password !== '') return 'it has a password in it'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !mayReach(reach, host) ? `${host} is no public address` : null
}

/** An agent that connects to addresses within reach only: what is looked up is what is called (no DNS rebinding). */
export function reachingAgent(reach: Reach, resolve: typeof lookUp = lookUp): Agent {
  const lookup: LookupFunction = (host, options, found) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, '')
      const allowed = addresses.filter(({ address }) => mayReach(reach, address))
      const [first] = allowed
      if (!first) return found(new Error(`${host} has no public address`), '')
      if (options.all) found(null, allowed)
      else found(null, first.address, first.family)
    })
  return new Agent({ lookup, ...(reach.kind === 'test' && { ca: reach.ca }) })
}
