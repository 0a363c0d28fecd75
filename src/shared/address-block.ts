import { BlockList, isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Whether this is an IP address, or a CIDR block of them. ipaddr.js alone would also take 1.2.3, 10/8 and 0x7f.1, which
 * nobody means.
 */
export function isAddressBlock(text: string): boolean {
  const [address = '', bits] = text.split('/')
  return isIP(address) !== 0 && (bits === undefined || ipaddr.isValidCIDR(text))
}

/** All of these blocks, to look addresses up in. */
export function blockListOf(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
