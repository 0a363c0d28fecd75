import ipaddr from 'ipaddr.js'

/**
 * What one household or customer of a provider holds, as a key that a person can read: an IPv4 address, however it is
 * written (`::ffff:192.0.2.1` is one), or an IPv6 /64. What is no address is its own key.
 */
export function networkOf(address: string): string {
  // The short way: nearly all are IPv4, and each packet asks.
  if (!address.includes(':')) return address
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return address
  const parsed = ipaddr.process(bare)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const halves = parsed.toByteArray().slice(0, 8)
  return `${new ipaddr.IPv6([...halves, 0, 0, 0, 0, 0, 0, 0, 0])}/64`
}
