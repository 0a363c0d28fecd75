import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import type { Endpoint } from '../rtp/latch.ts'

export const AF_INET = 2
export const AF_INET6 = 10
/** Size of a sockaddr_in6, the larger of the two. */
export const MAX_ADDRESS_BYTES = 28

/** A sockaddr_in or sockaddr_in6 of Linux. */
export function writeSocketAddress({ address, port }: Endpoint): Buffer {
  const six = isIPv6(address)
  const [bare = '', zone] = address.split('%')
  const bytes = Buffer.alloc(six ? MAX_ADDRESS_BYTES : 16)
  bytes.writeUInt16LE(six ? AF_INET6 : AF_INET, 0)
  bytes.writeUInt16BE(port, 2)
  bytes.set(ipaddr.parse(bare).toByteArray(), six ? 8 : 4)
  if (six && zone !== undefined) bytes.writeUInt32LE(scopeOf(zone), 24)
  return bytes
}

/** Reads a sockaddr; the address is spelled as node:dgram spells it. */
export function readSocketAddress(bytes: Buffer): Endpoint {
  const six = bytes.readUInt16LE(0) === AF_INET6
  const raw = six ? bytes.subarray(8, 24) : bytes.subarray(4, 8)
  const parsed = ipaddr.fromByteArray([...raw])
  const zone = six ? bytes.readUInt32LE(24) : 0
  const address = parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString()
  return { address: zone === 0 ? address : `${address}%${zone}`, port: bytes.readUInt16BE(2) }
}

/** RFC 4007 §11.2: a zone is written as its number or as the name of an interface. */
function scopeOf(zone: string): number {
  if (/^\d+$/.test(zone)) return Number(zone)
  return networkInterfaces()[zone]?.find(({ scopeid }) => scopeid)?.scopeid ?? 0
}
