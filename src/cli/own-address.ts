import { networkInterfaces } from 'node:os'

/** An address under which others reach this machine; its loopback where it has no other. */
export function ownAddress(family: 'IPv4' | 'IPv6' = 'IPv4'): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outer = addresses.find(
    (each) => !each.internal && each.family === family && !each.address.startsWith('fe80'),
  )
  return outer?.address ?? (family === 'IPv6' ? '::1' : '127.0.0.1')
}
