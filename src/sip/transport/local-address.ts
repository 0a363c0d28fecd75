import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Clock } from '../../shared/clock.ts'
import { isAnyAddress } from './transport.ts'

/** Addresses change when a cable is plugged or a lease ends; asking the system costs as much as a whole request. */
const FRESH_MS = 10_000
const MOST_KEPT = 1000

/** As `localAddressToward`, but remembers for some seconds. */
export function rememberLocalAddresses(clock: Clock): (remote: string, bound: string) => string {
  const known = new Map<string, string>()
  let freshUntil = 0
  return (remote, bound) => {
    if (!isAnyAddress(bound)) return bound
    if (clock.monotonic() >= freshUntil || known.size >= MOST_KEPT) {
      known.clear()
      freshUntil = clock.monotonic() + FRESH_MS
    }
    const found = known.get(remote) ?? localAddressToward(remote, bound)
    known.set(remote, found)
    return found
  }
}

/**
 * The address of ours that `remote` can answer to. A socket bound to one address has only that one; one bound to all
 * (0.0.0.0 or ::) takes the address on the remote's own network, else the first that is not loopback.
 */
export function localAddressToward(
  remote: string,
  bound: string,
  interfaces?: ReturnType<typeof networkInterfaces>,
): string {
  if (!isAnyAddress(bound)) return bound
  const family = isIPv6(remote) ? 'IPv6' : 'IPv4'
  const ours = Object.values(interfaces ?? networkInterfaces()).flatMap(
    (entries) => entries?.filter((entry) => entry.family === family) ?? [],
  )
  const type = family === 'IPv6' ? 'ipv6' : 'ipv4'
  const neighbour = ours.find(({ address, cidr }) => {
    const network = new BlockList()
    const prefix = Number(cidr?.split('/')[1] ?? (type === 'ipv6' ? 128 : 32))
    network.addSubnet(address, prefix, type)
    return network.check(remote, type)
  })
  return (neighbour ?? ours.find(({ internal }) => !internal) ?? ours[0])?.address ?? bound
}
