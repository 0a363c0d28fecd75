import type { DialogReference } from './message/dialog-reference.ts'
import type { NameAddress } from './message/name-address.ts'
import type { ClientTransactionEvents, ReceivedRequest, ServerTransaction } from './transaction/layer.ts'
import type { Destination, SocketAddress, Source } from './transport/transport.ts'

export type { DialogReference } from './message/dialog-reference.ts'

/** A body with its type, opaque to `sip/`. */
export interface Body {
  readonly contentType: string
  readonly bytes: Buffer
}

export type RingStatus = 180 | 183

/** A header's name and value. */
export type HeaderLine = readonly [name: string, value: string]

/** Why a call is over. */
export type EndReason =
  | 'cancelled' // CANCEL before the final response, theirs or ours; or the INVITE's Expires ran out
  | 'remote-bye'
  | 'local-bye'
  | 'rejected' // we, or for an outgoing call they, refused with a final response
  | 'no-ack' // the 200 was never acknowledged (64·T1)
  | 'session-expired' // RFC 4028 §10
  /** Or silence, 408 or 481 to a request of ours (RFC 3261 §12.2.1.2); its WebSocket or the endpoint closed. */
  | 'transport-failed'

/** What an INVITE session (either role) reports. One callback, facts in order. */
export type InviteEvent =
  /**
   * The remote side rings or sends early media (outgoing calls only). `dialog`: the tag of the early dialog, of which a call
   * that forks has several; 199 says that one of them has ended (RFC 6228).
   */
  | { readonly kind: 'progress'; readonly status: number; readonly dialog?: string; readonly body?: Body }
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
  /**
   * The WebSocket of a confirmed dialog is closed (RFC 7118). Whoever is there may go on without it, and come back by
   * another, or be gone; what still comes from there, sound for one, must tell. Before the dialog is confirmed it is over.
   */
  | { readonly kind: 'cut-off' }
  /** They want us to call somebody else (RFC 3515): a transfer (RFC 5589). Accept or refuse it once; a confirmed dialog only. */
  | {
      readonly kind: 'refer'
      /** Whom to call: a sip, sips or tel URI, without the header part that it may have had. */
      readonly referTo: string
      /** The dialog that our call shall take the place of: an attended transfer (RFC 5589 §7). */
      readonly replaces?: DialogReference
      /** Who wants it, as they say: the value of Referred-By (RFC 3892). */
      readonly referredBy?: string
      /** 202, and a first NOTIFY with `100 Trying`. What becomes of our call is told through the result. */
      accept(): Referral
      /** Status 603 unless given. */
      refuse(status?: number): void
    }
  /** Nothing comes after this one. `status` is that of the final response, where there was one. */
  | {
      readonly kind: 'ended'
      readonly reason: EndReason
      readonly status?: number
      readonly request?: ReceivedRequest
      /** Why, in an outgoing call's refusal: the values of Reason (RFC 3326), where there are any. */
      readonly causes?: readonly string[]
    }

/** A transfer that we have accepted: its other side hears what becomes of the call that we make for it. */
export interface Referral {
  /**
   * Tells the status of our call, in a NOTIFY of `message/sipfrag` (RFC 3515 §2.4.5). A final one is the last: after it,
   * after the end of the dialog, and where they don't want to know (RFC 4488) this does nothing.
   */
  progress(status: number): void
}

/** One INVITE and the dialog that it makes, as the side that was called (UAS). */
export interface IncomingInvite {
  readonly request: ReceivedRequest
  /** The caller's session description; absent when our 200 is to offer (RFC 3261 §13.2.1). */
  readonly offer?: Body
  /** Call-ID, and the two tags once known: what dialog-info, Replaces and Join need. */
  readonly dialogId: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  /** The dialog whose place this call is to take (RFC 3891); only where `extensions` lists `replaces`. */
  readonly replaces?: DialogReference
  /** The dialog that this call wants to be let into (RFC 3911); only where `extensions` lists `join`. */
  readonly join?: DialogReference
  /** Where facts go. Set it before returning from `onInvite`. */
  onEvent: (event: InviteEvent) => void
  /**
   * Our first provisional response is to carry an offer: the INVITE has none, and requires that they be reliable (RFC 3262
   * §5). Without one the caller gets no more than our 100.
   */
  readonly wantsEarlyOffer: boolean
  /**
   * Sends 180 (or 183 with a body, unless told otherwise); reliably when the caller requires it (RFC 3262). 100 has been
   * sent already. The answer to an offer in it comes as `confirmed`.
   */
  ring(body?: Body, status?: RingStatus): void
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
  /**
   * CANCEL while it rings, but no harm to whoever answers in that very moment: a 200 that crosses the CANCEL is still
   * `confirmed` (RFC 3261 §9.1 leaves what then happens to us). Does nothing once it was answered.
   */
  withdraw(headers?: Iterable<readonly [string, string]>): void
  /** Sends INFO within the dialog (DTMF relay). */
  info(body: Body): void
}

export interface InviteOptions {
  /** Request-URI. */
  readonly uri: string
  /** The URI in To; `uri` unless given. */
  readonly toUri?: string
  readonly to: Destination
  /** Where it goes when that one is silent, can't be reached, or answers 503, in order (RFC 3263 §4.3). */
  readonly alternatives?: readonly Destination[]
  /** With them a challenge (401, 407) is answered, here and within the dialog (RFC 3261 §22). */
  readonly credentials?: Login
  /** Our Contact asks that all requests of the dialog come by this connection (`ob`, RFC 5626 §4.3). */
  readonly byFlow?: boolean
  /** Provisional responses may be reliable (RFC 3262), and tell of forks that have ended (RFC 6228). */
  readonly reliable?: boolean
  /** Route values that the INVITE visits, in order: the Path of a binding (RFC 3327 §5.4). `to` is where the first leads. */
  readonly routes?: readonly string[]
  readonly from: NameAddress
  readonly body: Body
  readonly headers?: Iterable<readonly [name: string, value: string]>
}

/** A request outside of dialogs. */
export interface RequestOptions {
  /** Not INVITE, ACK or CANCEL. */
  readonly method: string
  /** Request-URI. */
  readonly uri: string
  readonly to: Destination
  /** With a tag of its own where it is to be that of an earlier request, else one is made. */
  readonly from: NameAddress
  /** The URI in To; `uri` unless given. */
  readonly toUri?: string
  /** Route values that it visits, in order. `to` is where the first leads. */
  readonly routes?: readonly string[]
  /** A request that is sent again with credentials keeps From, To and Call-ID, and counts on (RFC 3261 §22.2); so does each REGISTER (§10.2). */
  readonly callId?: string
  /** 1 unless given. */
  readonly cseq?: number
  /** Further headers; a Contact among them stands in for ours. */
  readonly headers?: Iterable<readonly [name: string, value: string]>
  readonly body?: Body
  /**
   * With them a challenge (401, 407) is answered, and what follows is reported instead (RFC 3261 §22.2). Each answer counts
   * CSeq on by one, four times at most.
   */
  readonly credentials?: Login
  /** Asked before a challenge is answered; where it is not, the challenge is reported. It is unless given. */
  readonly isStillWanted?: () => boolean
}

/** Who we are where we are asked to prove it. */
export interface Login {
  readonly user: string
  readonly password: string
}

/** Why we end a subscription (RFC 6665 §4.1.3); it tells the subscriber whether to subscribe again. */
export type TerminationReason = 'deactivated' | 'noresource' | 'timeout' | 'rejected' | 'probation'

/** A subscription to something of ours, as its notifier (RFC 6665 §4.2). */
export interface IncomingSubscription {
  readonly request: ReceivedRequest
  /** Event package in lower case and without parameters: `message-summary`, `dialog`. */
  readonly event: string
  /** The `id` parameter of Event, which tells several subscriptions of one package apart. */
  readonly eventId?: string
  /** Asked for; an hour where nothing is. 0 is a fetch: one NOTIFY, and no subscription. */
  readonly expiresSeconds: number
  readonly dialogId: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  /**
   * 200 with what was asked for, but no more than this; the same goes for each refresh. Call `notify` right after
   * it (RFC 6665 §4.2.1.2).
   */
  accept(expiresSeconds: number): void
  reject(status: number, headers?: Iterable<readonly [string, string]>): void
  /**
   * Sends the state (all of it: one that waits is overtaken by a newer one). `makeBody` is called when the NOTIFY
   * leaves, which is later while another is under way, or while a subscriber wants rest (Retry-After). A fetch ends with
   * it.
   */
  notify(makeBody: () => Body): void
  /** The last NOTIFY, with the body of the last `notify` unless given. Nothing is reported any more. */
  end(reason: TerminationReason, makeBody?: () => Body): void
  /** A refresh came, and must be followed by a NOTIFY: unless replaced, the last `notify` once more. */
  onRefreshed: () => void
  /**
   * Over, and not by `end` or `reject`: they sent Expires 0 (or a fetch is done), it expired, or a NOTIFY failed or the
   * endpoint closed. It comes once, and nothing follows.
   */
  onEnded: (why: 'unsubscribed' | 'expired' | 'failed') => void
}

/** What the user of an endpoint decides. */
export interface EndpointEvents {
  /**
   * Asked first about each request outside of dialogs, OPTIONS too. False: it goes no further, and the guard has
   * answered it (401, say) or dismissed it: what is left unanswered stays in memory for ever.
   */
  guard?(transaction: ServerTransaction): boolean
  /** A new call. Ring, accept or reject it, now or later. */
  onInvite(invite: IncomingInvite): void
  /** A subscription to one of the endpoint's `eventPackages`. Accept or reject it before returning, or soon after. */
  onSubscribe?(subscription: IncomingSubscription): void
  /**
   * Any other request outside a dialog whose method is in `methods` (REGISTER, MESSAGE …); respond through the transaction. OPTIONS is
   * answered by the endpoint itself.
   */
  onRequest?(transaction: ServerTransaction): void
  /** A connection is closed, by whichever side: what its peer had said of where it is holds no more. */
  onClosed?(source: Source): void
}

/** A SIP user agent: transports, transactions and dialogs together. */
export interface Endpoint {
  invite(options: InviteOptions): OutgoingInvite
  /**
   * Sends a request outside of dialogs: an unsolicited NOTIFY, OPTIONS, REGISTER … Exactly one of `onFinal`, `onTimeout`
   * and `onFailed` follows, unless the endpoint closes before.
   */
  request(options: RequestOptions, events?: Partial<ClientTransactionEvents>): void
  /** Keeps the way to this place open (RFC 5626 §4.4.1): two line breaks, over UDP too, where NATs forget within 30 s. */
  keepAlive(to: Destination): void
  /** Closes the connection to there, if there is one: it is dead where a request over it got no answer. */
  drop(to: Destination): void
  /** The address and port of ours that requests to this place name in Via and Contact. */
  localFor(to: Destination): SocketAddress | undefined
  /** How this STUN server sees the UDP socket of ours by which SIP gets there (RFC 8489); undefined where it is silent. */
  askStun(server: SocketAddress): Promise<SocketAddress | undefined>
  /**
   * From now on new INVITEs and SUBSCRIBEs get 503 with Retry-After, `but` for those; calls in progress go on (draining).
   */
  refuseNew(but?: (request: ReceivedRequest) => boolean): void
  /** Live dialogs and transactions, for metrics and leak checks. */
  readonly size: { readonly dialogs: number; readonly transactions: number }
  close(): Promise<void>
}
