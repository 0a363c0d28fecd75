import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import type { Capabilities } from '../agent/capabilities.ts'
import type {
  ReceivedRequest,
  ReceivedResponse,
  ServerTransaction,
  TransactionLayer,
} from '../transaction/layer.ts'
import type { SipTimers } from '../transaction/timers.ts'
import type { Destination, SocketAddress } from '../transport/transport.ts'

/** What all INVITEs of an endpoint share. */
export interface InviteContext {
  readonly layer: TransactionLayer
  readonly clock: Clock
  readonly random: Random
  readonly timers: SipTimers
  readonly capabilities: Capabilities
  /** Where the other side reaches us: what our Contact names. */
  contactFor(to: Destination): SocketAddress | undefined
  /** Takes a dialog out of the table of dialogs. */
  forget(localTag: string): void
}

/** What the table of dialogs knows of an INVITE. */
export interface DialogUser {
  /** A request with our tag in To. */
  receive(transaction: ServerTransaction): void
  acknowledge(ack: ReceivedRequest): void
  /** A response that no transaction waits for any more: a late 2xx. */
  stray(response: ReceivedResponse): void
  /** This connection is closed, and nobody can be connected to there. */
  cutOff?(flow: string): void
  /** The endpoint closes: the call ends here, and nothing more is sent. */
  stop(): void
}
