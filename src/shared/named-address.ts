import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Ranges that no route on the Internet leads to: whoever comes from one is on our side of the NAT. */
const INSIDE: ReadonlySet<string> = new Set([
  'loopback',
  'private',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
])

/**
 * What we call ourselves toward `remote`: the public address where there is one of its IP version. Not to those on our
 * own network, who could come back to us by it only through a NAT that turns packets round (RFC 4787 §6), as few do;
 * but where the public address is itself one of a home network, as outside of a container, everybody gets it.
 */
export function namedAddress(remote: string, local: string, publicAddress: string | undefined): string {
  if (publicAddress === undefined || isIP(publicAddress) !== isIP(local)) return local
  return isInside(remote) && !isInside(publicAddress) ? local : publicAddress
}

/** All by which others may find a session: what it listens at, and what a NAT forwards to one of these. */
export function reachableAt(
  { local, alsoAt }: { readonly local: { readonly address: string }; readonly alsoAt: readonly string[] },
  publicAddress: string | undefined,
): readonly string[] {
  const listens = [local.address, ...alsoAt]
  const forwarded =
    publicAddress !== undefined && listens.some((address) => isIP(address) === isIP(publicAddress))
  return forwarded ? [...listens, publicAddress] : listens
}

/** Whether `named`, which we would call ourselves, leads `remote` nowhere: theirs is on the Internet, ours behind a NAT. */
export function isHiddenFrom(remote: string, named: string): boolean {
  return !isInside(remote) && isInside(named)
}

/** An address of a home, a container or a provider's NAT. */
export function isInside(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  return ipaddr.isValid(bare) && INSIDE.has(ipaddr.process(bare).range())
}
