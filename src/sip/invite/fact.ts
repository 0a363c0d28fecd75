import type { Body, DialogReference, EndReason, RingStatus } from '../endpoint.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'
import type { SessionTimer } from './session-timer.ts'

/** Extra headers, in wire order. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** The number under which the runner keeps the server transaction of a request within the dialog until it is answered. */
export type Ask = number

/** A re-INVITE, UPDATE or PRACK as the machines see it. */
export interface Change {
  readonly ask: Ask
  readonly cseq: number
  /** Theirs: it tells early dialogs apart. */
  readonly tag?: string
  readonly body?: Body
  /** The session timer that a 2xx to it brings into force. */
  readonly timer?: SessionTimer
}

/** What the user of a call orders. An order that comes too late, or twice, does nothing. */
export type Order =
  | { readonly kind: 'ring'; readonly body?: Body; readonly status?: RingStatus }
  | { readonly kind: 'accept'; readonly body: Body }
  | { readonly kind: 'reject'; readonly status: number; readonly headers: HeaderList }
  | { readonly kind: 'hang-up'; readonly headers: HeaderList }
  /** CANCEL, but take the 200 that crosses it. */
  | { readonly kind: 'withdraw'; readonly headers: HeaderList }
  /** Accepts a change of the session, or a transfer. */
  | { readonly kind: 'agree'; readonly ask: Ask; readonly body?: Body }
  | { readonly kind: 'refuse'; readonly ask: Ask; readonly status: number }
  /** The call that we make for a transfer has this status. */
  | { readonly kind: 'refer-progress'; readonly ask: Ask; readonly status: number }
  | { readonly kind: 'send-info'; readonly body: Body }

/** What the other side, or time, brings about. */
export type Occurrence =
  | { readonly kind: 'cancel'; readonly request: ReceivedRequest }
  | { readonly kind: 'ack'; readonly cseq: number; readonly body?: Body }
  | { readonly kind: 'bye'; readonly ask: Ask; readonly request: ReceivedRequest }
  | { readonly kind: 'info'; readonly ask: Ask; readonly body?: Body }
  | ({ readonly kind: 'prack'; readonly rack: string } & Change)
  | ({ readonly kind: 'update' } & Change)
  | ({ readonly kind: 'reinvite' } & Change)
  | ({
      readonly kind: 'refer'
      readonly ask: Ask
      readonly cseq: number
      readonly quiet: boolean
    } & ReferTarget)
  /** A SUBSCRIBE for what a REFER made: longer, or with 0 the wish to be told no more (RFC 3515 §2.4.4). */
  | {
      readonly kind: 'refer-subscribe'
      readonly ask: Ask
      readonly id?: number
      readonly askedSeconds: number
    }
  | { readonly kind: 'refer-notified'; readonly ask: Ask; readonly taken: boolean }
  /** The other side cancelled its re-INVITE. */
  | { readonly kind: 'withdrawn'; readonly ask: Ask }
  | { readonly kind: 'timer'; readonly name: TimerName }
  | { readonly kind: 'transport-failed' }
  /** The connection by which the other side last spoke is closed, and it can't be connected to. */
  | { readonly kind: 'cut-off' }
  /** The endpoint closes; nothing more can be said to the other side. */
  | { readonly kind: 'close' }
  | InviteOutcome
  | RefreshOutcome

/** Whom a REFER wants us to call. */
export interface ReferTarget {
  readonly referTo: string
  readonly replaces?: DialogReference
  readonly referredBy?: string
}

/** What an INVITE of ours gets (RFC 3261 §13.2.2). `unanswered`: timer B, to be treated as 408 (§8.1.3.1). */
export type InviteOutcome =
  | {
      readonly kind: 'progress'
      readonly status: number
      /** Of the early dialog. */
      readonly tag?: string
      /** Its RSeq, where it wants a PRACK, and the CSeq of the INVITE that it answers (RFC 3262 §7.2). */
      readonly reliable?: { readonly rseq: number; readonly cseq: number }
      readonly body?: Body
    }
  /** It was challenged, or a server can't take it: with a login, or to another server, it may be sent again. */
  | { readonly kind: 'turned-away'; readonly status: number }
  | ({ readonly kind: 'answered'; readonly body?: Body } & SessionTerms)
  | { readonly kind: 'refused'; readonly status: number; readonly causes?: readonly string[] }
  | { readonly kind: 'unanswered' }

/** How the session will be kept alive: the timer in force, and the method that the other side lets us refresh with. */
export interface SessionTerms {
  readonly timer?: SessionTimer
  readonly refreshBy: 'UPDATE' | 'INVITE'
}

/** How a refresh of ours went (RFC 4028 §7.2). `dialog-lost`: 408, 481 or no answer to any request of ours (RFC 3261 §12.2.1.2). */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly body?: Body; readonly timer?: SessionTimer }
  | { readonly kind: 'refresh-postponed'; readonly delayMs: number }
  | { readonly kind: 'refresh-refused' }
  | { readonly kind: 'dialog-lost'; readonly status: number }

export type Fact = Order | Occurrence

/**
 * `resend`: the last reliable provisional or the 2xx again. `give-up`: 64·T1 without PRACK or ACK. `repeat`: ringing
 * is told again. `lapse`: the INVITE's Expires. `refresh` and `expire`: RFC 4028. `referral-…`: the implicit subscription of
 * a REFER.
 */
export type TimerName = 'resend' | 'give-up' | 'repeat' | 'lapse' | 'refresh' | 'expire' | `referral-${Ask}`

/** What the machines report; the runner makes `InviteEvent`s of it. */
export type Report =
  | { readonly kind: 'progress'; readonly status: number; readonly dialog?: string; readonly body?: Body }
  | { readonly kind: 'confirmed'; readonly body?: Body }
  | { readonly kind: 'renegotiate'; readonly ask: Ask; readonly body?: Body }
  | { readonly kind: 'info'; readonly body?: Body }
  | { readonly kind: 'cut-off' }
  | ({ readonly kind: 'refer'; readonly ask: Ask } & ReferTarget)
  | {
      readonly kind: 'ended'
      readonly reason: EndReason
      readonly status?: number
      readonly request?: ReceivedRequest
      readonly causes?: readonly string[]
    }

/** What the machines order. */
export type Effect =
  /** A response to the INVITE that made the dialog. With `rseq` it is reliable (RFC 3262). */
  | { readonly kind: 'provisional'; readonly status: number; readonly body?: Body; readonly rseq?: number }
  | { readonly kind: 'resend-provisional' }
  | { readonly kind: 'accept'; readonly body?: Body; readonly timer?: SessionTimer }
  | { readonly kind: 'reject'; readonly status: number; readonly headers: HeaderList }
  /** A response to a request within the dialog. `retryAfter` adds 0 to 10 s at random (RFC 3261 §14.2). */
  | {
      readonly kind: 'respond'
      readonly ask: Ask
      readonly status: number
      readonly body?: Body
      readonly timer?: SessionTimer
      readonly retryAfter?: true
      /** RFC 4488: no NOTIFY will come. */
      readonly referSub?: false
      readonly expiresSeconds?: number
    }
  /** A NOTIFY about a transfer, the last one where it has an `ending`. What becomes of it comes back as `refer-notified`. */
  | {
      readonly kind: 'notify-refer'
      readonly ask: Ask
      readonly id?: number
      readonly status: number
      readonly seconds: number
      readonly ending?: 'noresource' | 'timeout'
    }
  /** The last 2xx to an INVITE once more, outside its transaction (RFC 3261 §13.3.1.4). */
  | { readonly kind: 'resend-2xx' }
  | { readonly kind: 'bye'; readonly headers: HeaderList }
  /** CANCELs our INVITE (RFC 3261 §9.1). */
  | { readonly kind: 'cancel'; readonly headers: HeaderList }
  /** Sends our INVITE again, with what made the last one fail changed. */
  | { readonly kind: 'invite-again' }
  /** Acknowledges a reliable provisional response in the early dialog with this tag (RFC 3262 §4). */
  | { readonly kind: 'prack'; readonly tag: string; readonly rack: string }
  /** ACKs the 2xx to our INVITE (RFC 3261 §13.2.2.4). */
  | { readonly kind: 'ack' }
  | { readonly kind: 'info'; readonly body: Body }
  /** Refreshes the session: UPDATE without a body, or a re-INVITE with the session as it is (RFC 4028 §7.4). */
  | { readonly kind: 'refresh'; readonly method: 'UPDATE' | 'INVITE'; readonly timer: SessionTimer }
  | { readonly kind: 'set-timer'; readonly name: TimerName; readonly delayMs: number }
  | { readonly kind: 'stop-timer'; readonly name: TimerName }
  | { readonly kind: 'stop-timers' }
  | { readonly kind: 'report'; readonly report: Report }
