import type { TerminationReason } from '../endpoint.ts'
import type { Ask, HeaderList } from '../invite/fact.ts'
import type { BodyMaker } from './state.ts'

/** What the user of a subscription orders. An order that comes too late, or twice, does nothing. */
export type Order =
  | { readonly kind: 'accept'; readonly limitSeconds: number }
  | { readonly kind: 'reject'; readonly status: number; readonly headers: HeaderList }
  | { readonly kind: 'notify'; readonly makeBody: BodyMaker }
  /** The last state once more, after a refresh. */
  | { readonly kind: 'notify-again' }
  | { readonly kind: 'end'; readonly reason: TerminationReason; readonly makeBody?: BodyMaker }

/** What the subscriber, or time, brings about. */
export type Occurrence =
  /** A SUBSCRIBE within the dialog: a refresh, or with 0 the wish to be told no more. */
  | { readonly kind: 'subscribe'; readonly ask: Ask; readonly askedSeconds: number }
  | ({ readonly kind: 'notified' } & NotifyOutcome)
  | { readonly kind: 'timer'; readonly name: TimerName }
  /** The endpoint closes; nothing more can be said to the other side. */
  | { readonly kind: 'close' }

/** What became of a NOTIFY. `postponed`: refused with a Retry-After, so that the subscription stands (RFC 6665 §4.2.2). */
export type NotifyOutcome =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'postponed'; readonly delayMs: number }
  | { readonly outcome: 'failed' }

export type Fact = Order | Occurrence

/** `expire`: the subscription's end, or of the patience with a user who gives a fetch no state. `rest`: Retry-After. */
export type TimerName = 'expire' | 'rest'

/** What the machine orders. */
export type Effect =
  | { readonly kind: 'respond'; readonly ask: Ask; readonly status: number; readonly headers?: HeaderList }
  /** 200 with the time that the subscriber gets. */
  | { readonly kind: 'grant'; readonly ask: Ask; readonly seconds: number }
  /** A NOTIFY; the last one where it has an `ending`. What becomes of it comes back as `notified`. */
  | { readonly kind: 'notify'; readonly makeBody?: BodyMaker; readonly ending?: TerminationReason }
  | { readonly kind: 'set-timer'; readonly name: TimerName; readonly delayMs: number }
  | { readonly kind: 'stop-timers' }
  | { readonly kind: 'report-refreshed' }
  | { readonly kind: 'report-ended'; readonly why: 'unsubscribed' | 'expired' | 'failed' }
  /** The dialog is no more. */
  | { readonly kind: 'forget' }
