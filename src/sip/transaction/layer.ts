import type { SipRequest, SipResponse } from '../message/message.ts'
import type { Destination, Source } from '../transport/transport.ts'

/** A request that passed the transaction layer, with where it came from. */
export interface ReceivedRequest extends SipRequest {
  readonly source: Source
}

export interface ReceivedResponse extends SipResponse {
  readonly source: Source
}

/** What a client transaction tells its user (RFC 3261 §17.1). Exactly one of `onFinal`, `onTimeout`, `onFailed` ends it. */
export interface ClientTransactionEvents {
  onProvisional(response: ReceivedResponse): void
  /**
   * A final response. For INVITE, a 2xx may come again, and from several forks (RFC 6026 state Accepted); the user
   * sends the ACK for a 2xx, the transaction sends it for all others.
   */
  onFinal(response: ReceivedResponse): void
  /** Timer B or F: nobody answered (treat as 408, RFC 3261 §8.1.3.1). */
  onTimeout(): void
  /** The transport could not send (treat as 503). */
  onFailed(error: Error): void
}

export interface ClientTransaction {
  readonly request: SipRequest
  /** INVITE only: sends CANCEL as soon as a provisional response allows it (RFC 3261 §9.1). `headers` e.g. Reason. */
  cancel(headers?: Iterable<readonly [name: string, value: string]>): void
}

export interface ServerTransaction {
  readonly request: ReceivedRequest
  /** Sends a response; retransmissions are the transaction's. After a final response further calls are ignored. */
  respond(response: SipResponse): void
  /**
   * Sends this final response, or none, and forgets the request at once: when it comes again it is a new one (RFC 3261
   * §8.2.7). For what strangers can ask for and costs nothing to answer, so that a flood of it fills no memory. An INVITE
   * had its 100, so its sender no longer asks again: should this response be lost, he waits in vain.
   */
  dismiss(response?: SipResponse): void
  /** Called when the other side never confirmed a final response to an INVITE (timer H), or sending failed. */
  onFailed: (why: 'no-ack' | 'transport') => void
  /** INVITE only: a matching CANCEL arrived; the layer has answered it with 200 already. */
  onCancelled: (cancel: ReceivedRequest) => void
  /** Non-2xx ACK or termination: the transaction is gone. */
  onTerminated: () => void
}

/** What the layer reports of requests that belong to no transaction yet. */
export interface TransactionLayerEvents {
  /** Asked first, before so much as a 100 is sent. False: it was answered or dismissed, and goes no further. */
  screen?(transaction: ServerTransaction): boolean
  /** A new request, already validated (RFC 3261 §8.2 syntax), not merged, not a retransmission, never ACK or CANCEL. */
  onRequest(transaction: ServerTransaction): void
  /** An ACK for a 2xx: it belongs to a dialog (RFC 3261 §13.3.1.4). */
  onAck(ack: ReceivedRequest): void
  /** A response that no transaction waits for (a late 2xx, RFC 6026); dropped unless this handles it. */
  onStrayResponse(response: ReceivedResponse): void
  /** A connection is closed: nothing comes from there any more. */
  onClosed?(source: Source): void
  /** STUN came to one of our sockets. */
  onStun?(bytes: Buffer, from: Source): void
  /** True when requests from here may be answered at all; others are dropped in silence, before anything is kept. */
  admits(source: Source): boolean
}

/** Transactions over transports (RFC 3261 §17, RFC 6026): matching, retransmission, timers, limits. */
export interface TransactionLayer {
  /**
   * Sends a request in a new client transaction. The layer adds the top Via (branch, sent-by, rport); everything else
   * is the caller's.
   */
  request(request: SipRequest, to: Destination, events: ClientTransactionEvents): ClientTransaction
  /** Sends an ACK for a 2xx (or any request that wants no transaction), with a Via of its own. */
  sendStateless(request: SipRequest, to: Destination): void
  /** Sends a response outside a transaction: the 2xx retransmissions of a UAS core (RFC 3261 §13.3.1.4). */
  sendResponse(response: SipResponse, to: Source): void
  /** Sends two line breaks (RFC 5626 §4.4.1): a stream's peer answers with one, and nobody else need. */
  keepAlive(to: Destination): void
  /** Sends what is no SIP by the socket that SIP goes by. */
  sendBytes(bytes: Buffer, to: Destination): void
  /** Closes the connection to there, if there is one: who sends again makes a new one. */
  drop(to: Destination): void
  /** The address that messages to this destination leave from: for Contact and Via. */
  localFor(to: Destination): { readonly address: string; readonly port: number } | undefined
  /** Transactions alive now, for tests and metrics. */
  readonly size: number
  close(): Promise<void>
}
