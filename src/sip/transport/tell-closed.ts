import type { Destination, Source, TransportEvents } from './transport.ts'

/** A connection that is closed, as its owner last saw it. */
export interface ClosedConnection {
  readonly from: Source
  /** Messages that had not left; without a destination for a keep-alive. */
  readonly unsent: readonly { readonly to: Destination | undefined }[]
  /** Why, where something went wrong. */
  readonly failure: Error | undefined
}

/** Tells what a connection's end means, of whatever kind it was: what did not leave has failed, and the way is gone. */
export function tellClosed(events: TransportEvents, { from, unsent, failure }: ClosedConnection): void {
  const error = failure ?? new Error(`connection to ${from.address}:${from.port} closed`)
  for (const { to } of unsent) if (to) events.onSendFailed(to, error)
  events.onClosed?.(from)
}
