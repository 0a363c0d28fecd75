import type { SipResponse } from '../message/message.ts'
import type { ReceivedResponse } from './layer.ts'

/** Orders that all four machines give alike. `Timer` is the letter of RFC 3261, table 4. */
export type CommonEffect<Timer extends string> =
  | { readonly kind: 'set-timer'; readonly timer: Timer; readonly delayMs: number }
  /** Cancels every timer of this transaction. */
  | { readonly kind: 'stop-timers' }
  /** The transaction is gone: forget it, and cancel its timers. Nothing comes after this. */
  | { readonly kind: 'terminated' }

/** Orders of the two server machines. */
export type ServerEffect<Timer extends string> =
  | CommonEffect<Timer>
  | { readonly kind: 'send'; readonly response: SipResponse }
  /** Sends the bytes of the last response again. */
  | { readonly kind: 'resend' }
  /** Tells the user (TU). */
  | { readonly kind: 'failed'; readonly why: 'no-ack' | 'transport' }

/** Orders of the two client machines. */
export type ClientEffect<Timer extends string> =
  | CommonEffect<Timer>
  /** Sends the request, or sends it again. */
  | { readonly kind: 'send' }
  | { readonly kind: 'pass-provisional'; readonly response: ReceivedResponse }
  | { readonly kind: 'pass-final'; readonly response: ReceivedResponse }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'failed'; readonly error: Error }
