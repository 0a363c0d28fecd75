import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isAnyAddress } from './transport.ts'

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
