import type { NameAddress } from './message/name-address.ts'
import type { ReceivedRequest, ServerTransaction } from './transaction/layer.ts'
import type { Destination } from './transport/transport.ts'

/** A body with its type, opaque to `sip/`. */
export interface Body {
  readonly contentType: string
  readonly bytes: Buffer
}

/** Why a call is over. */
export type EndReason =
  | 'cancelled' // CANCEL before the final response, theirs or ours; or the INVITE's Expires ran out
  | 'remote-bye'
  | 'local-bye'
  | 'rejected' // we, or for an outgoing call they, refused with a final response
  | 'no-ack' // the 200 was never acknowledged (64·T1)
  | 'session-expired' // RFC 4028 §10
  | 'transport-failed' // or silence, 408 or 481 to a request of ours (RFC 3261 §12.2.1.2), or the endpoint closed

/** What an INVITE session (either role) reports. One callback, facts in order. */
export type InviteEvent =
  /** The remote side rings or sends early media (outgoing calls only). */
  | { readonly kind: 'progress'; readonly status: number; readonly body?: Body }
  /** The dialog is confirmed: ACK came (incoming; `body` is the answer to a late offer) or 2xx came (outgoing). */
  | { readonly kind: 'confirmed'; readonly body?: Body }
  /**
   * A re-INVITE or UPDATE wants to change the session. Answer exactly once. Without `body` it is an offerless
   * re-INVITE: accept with our offer, and the answer arrives as `confirmed`.
   */
  | {
      readonly kind: 'renegotiate'
      readonly body?: Body
      accept(body?: Body): void
      /** Status 488 unless given. */
      refuse(status?: number): void
    }
  | { readonly kind: 'info'; readonly body?: Body }
  /** Nothing comes after this one. `status` is that of the final response, where there was one. */
  | {
      readonly kind: 'ended'
      readonly reason: EndReason
      readonly status?: number
      readonly request?: ReceivedRequest
    }

/** One INVITE and the dialog that it makes, as the side that was called (UAS). */
export interface IncomingInvite {
  readonly request: ReceivedRequest
  /** The caller's session description; absent when our 200 is to offer (RFC 3261 §13.2.1). */
  readonly offer?: Body
  /** Call-ID, and the two tags once known: what dialog-info, Replaces and Join need. */
  readonly dialogId: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  /** Where facts go. Set it before returning from `onInvite`. */
  onEvent: (event: InviteEvent) => void
  /** Sends 180 (or 183 with a body); reliably when the caller requires it (RFC 3262). 100 has been sent already. */
  ring(body?: Body): void
  /** Sends 200 with the answer (or our offer, when the INVITE had none) and retransmits it until the ACK. */
  accept(body: Body): void
  /** Final refusal. */
  reject(status: number, headers?: Iterable<readonly [string, string]>): void
  /** BYE once confirmed; before the ACK it waits for it (RFC 3261 §15); before 200 it rejects with 480. */
  hangUp(headers?: Iterable<readonly [string, string]>): void
}

/** One INVITE that we sent, and its dialog (UAC). */
export interface OutgoingInvite {
  readonly dialogId: {
    readonly callId: string
    readonly localTag: string
    readonly remoteTag: string | undefined
  }
  onEvent: (event: InviteEvent) => void
  /** CANCEL while it rings, BYE once it was answered. */
  hangUp(headers?: Iterable<readonly [string, string]>): void
  /** Sends INFO within the dialog (DTMF relay). */
  info(body: Body): void
}

export interface InviteOptions {
  /** Request-URI. */
  readonly uri: string
  readonly to: Destination
  readonly from: NameAddress
  readonly body: Body
  readonly headers?: Iterable<readonly [name: string, value: string]>
}

/** What the user of an endpoint decides. */
export interface EndpointEvents {
  /** A new call. Ring, accept or reject it, now or later. */
  onInvite(invite: IncomingInvite): void
  /**
   * Any other request outside a dialog whose method is in `methods` (REGISTER, SUBSCRIBE, MESSAGE …); respond through the transaction. OPTIONS is
   * answered by the endpoint itself.
   */
  onRequest?(transaction: ServerTransaction): void
}

/** A SIP user agent: transports, transactions and dialogs together. */
export interface Endpoint {
  invite(options: InviteOptions): OutgoingInvite
  /** From now on new INVITEs get 503 with Retry-After; calls in progress go on (draining). */
  refuseNew(): void
  /** Live dialogs and transactions, for metrics and leak checks. */
  readonly size: { readonly dialogs: number; readonly transactions: number }
  close(): Promise<void>
}
