import type { Registrations } from '../line/open-registrations.ts'
import { isInside } from '../shared/named-address.ts'
import type { Endpoint } from '../sip/endpoint.ts'
import { type Destination, type SocketAddress, sameFamily } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import type { Mapping } from './watch-mapping.ts'

/** By which address others reach us, as far as anybody has told. */
export interface OwnAddress {
  /** What session descriptions of this line's calls name in place of our own address; undefined: that. */
  publicAddressOf(line: Pick<Line, 'id'>): string | undefined
  /** How this peer sees us, where it has told and a NAT is between. */
  seenBy(peer: Destination): SocketAddress | undefined
}

export function openOwnAddress(options: {
  /** What the owner says. */
  readonly publicAddress: string | undefined
  readonly registrations: () => Pick<Registrations, 'publicAddressOf' | 'seenBy'> | undefined
  readonly mapping: () => Mapping | undefined
  readonly endpoint: () => Pick<Endpoint, 'localFor'> | undefined
}): OwnAddress {
  const { registrations, mapping, endpoint } = options
  /**
   * The address that a STUN server has told, for those outside. The port is our own: who calls unasked comes by one that is
   * forwarded, and the one that the STUN server sees may be open to nobody else.
   */
  function mappedToward(peer: Destination): SocketAddress | undefined {
    const address = mapping()?.current?.address
    const port = endpoint()?.localFor(peer)?.port
    if (options.publicAddress !== undefined || address === undefined || port === undefined) return undefined
    const isOutside = peer.transport === 'udp' && !isInside(peer.address) && sameFamily(peer.address, address)
    return isOutside ? { address, port } : undefined
  }

  /** What the owner says, else how the line's registrar sees us, else a STUN server. */
  const publicAddressOf = ({ id }: Pick<Line, 'id'>): string | undefined =>
    options.publicAddress ?? registrations()?.publicAddressOf(id) ?? mapping()?.current?.address

  return {
    publicAddressOf,
    seenBy: (peer) => registrations()?.seenBy(peer) ?? mappedToward(peer),
  }
}
