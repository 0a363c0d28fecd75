import type { Destination, SocketAddress } from '../transport/transport.ts'

/** A message as it goes over the wire. */
export interface TappedMessage {
  readonly direction: 'in' | 'out'
  /** The very bytes: to be read at once, and not to be changed. */
  readonly bytes: Buffer
  /** Where it comes from, or goes to. */
  readonly peer: Destination
  /** Our side of it; undefined where nothing of ours gets there. */
  local(): SocketAddress | undefined
}

/**
 * Sees each message that is sent, retransmissions too, and each that comes from where somebody is admitted, before
 * anything is made of it. It must not throw, and costs every message what it takes.
 */
export type Tap = (message: TappedMessage) => void
