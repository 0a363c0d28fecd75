import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Each costs a socket per browser's call; a container host may have dozens of bridges. */
const MOST = 8
/** Nobody else comes to these, or only with a zone that we can't name for him (RFC 4007 §11). */
const FOR_NOBODY: ReadonlySet<string> = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast'])

/**
 * The addresses by which others may reach us, eight at most.
 * @param bound what we listen on; those that stand for all of ours (`0.0.0.0`, `::`) become all of their version
 */
export function ownAddresses(
  bound: readonly string[],
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): readonly string[] {
  const all = Object.values(interfaces).flatMap((entries) => entries?.map(({ address }) => address) ?? [])
  const ours = bound.flatMap((address) => {
    if (address === '0.0.0.0') return all.filter((other) => isIP(other) === 4)
    return address === '::' ? all.filter((other) => isIP(other) === 6) : [address]
  })
  const useful = ours.filter(
    (address) => isIP(address) !== 0 && !FOR_NOBODY.has(ipaddr.parse(address).range()),
  )
  return [...new Set(useful)].slice(0, MOST)
}
