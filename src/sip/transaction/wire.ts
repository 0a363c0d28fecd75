import type { Clock } from '../../shared/clock.ts'
import { namedAddress } from '../../shared/named-address.ts'
import { rememberLocalAddresses } from '../transport/local-address.ts'
import { type Destination, isAnyAddress, type SocketAddress, type Transport } from '../transport/transport.ts'
import type { Tap } from './tap.ts'

/** All attached transports as one: what transactions send through. */
export interface Wire {
  attach(transport: Transport): void
  /**
   * Sends, and reports a failure of this `to` object to `onFailed`, never before `send` has returned. A transaction
   * keeps one destination object for its life, and that identity is what a failure is matched by.
   */
  send(bytes: Buffer, to: Destination, onFailed?: (error: Error) => void): void
  /** Sends what is no SIP. */
  sendBytes(bytes: Buffer, to: Destination): void
  onSendFailed(to: Destination, error: Error): void
  /** The transport that reaches a destination. */
  transportTo(to: Destination): Transport | undefined
  /** The address and port to name in Via and Contact toward a destination. */
  localFor(to: Destination): SocketAddress | undefined
  close(): Promise<void>
}

/** `publicAddress` is named instead of ours to those outside when the machine sits behind a NAT with forwarded ports. */
export function createWire(clock: Clock, publicAddress: string | undefined, tap?: Tap): Wire {
  const transports: Transport[] = []
  const localAddressToward = rememberLocalAddresses(clock)
  const failures = new WeakMap<Destination, (error: Error) => void>()
  function transportTo(to: Destination): Transport | undefined {
    const reaching = transports.filter((transport) => transport.reaches(to))
    const { local } = to
    // With several sockets, an answer leaves from the one that was asked.
    return (local && reaching.find((transport) => isBoundTo(transport, local))) ?? reaching[0]
  }

  /** Our own address and port, as those to whom we send there see us where no NAT is between. */
  function ourPlace(to: Destination): SocketAddress | undefined {
    const transport = transportTo(to)
    if (!transport) return undefined
    const { address, port } = transport.local
    const ours =
      to.local && !isAnyAddress(to.local.address) ? to.local.address : localAddressToward(to.address, address)
    return { address: ours, port }
  }

  return {
    attach: (transport) => void transports.push(transport),
    transportTo,
    send(bytes, to, onFailed) {
      if (onFailed) failures.set(to, onFailed)
      tap?.({ direction: 'out', bytes, peer: to, local: () => ourPlace(to) })
      const transport = transportTo(to)
      if (transport) return transport.send(bytes, to)
      if (onFailed) {
        const error = new Error(`no ${to.transport} transport reaches ${to.address}`)
        clock.setTimer(0, () => onFailed(error))
      }
    },
    sendBytes: (bytes, to) => transportTo(to)?.send(bytes, to),
    onSendFailed: (to, error) => failures.get(to)?.(error),
    localFor(to) {
      const ours = ourPlace(to)
      return ours && { ...ours, address: namedAddress(to.address, ours.address, publicAddress) }
    },
    async close() {
      await Promise.all(transports.splice(0).map((transport) => transport.close()))
    },
  }
}

function isBoundTo(transport: Transport, { address, port }: SocketAddress): boolean {
  const { local } = transport
  return local.port === port && (local.address === address || isAnyAddress(local.address))
}
