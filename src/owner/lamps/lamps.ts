import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { SwitchName } from '../../shared/switch-name.ts'
import type { Body, IncomingSubscription } from '../../sip/endpoint.ts'
import type { Phone } from '../phone.ts'
import type { MessageCounts } from './message-summary.ts'

/**
 * The lamps of the owner's phones: messages waiting (MWI, RFC 3842), and the keys that show calls (BLF, RFC 4235). What a
 * lamp shows is always the newest truth; it is told at once after quiet, and then at most once a second.
 */
export interface Lamps {
  /**
   * Answers a SUBSCRIBE of this phone: `message-summary` or `dialog`, for the phone, a mailbox or a line. Accepts it, or
   * refuses it with 404, alike for what is not there and for what is not hers.
   */
  subscribe(subscription: IncomingSubscription, phone: Phone): void
  /**
   * A phone registered, or did so again, or its binding was brought back at the start: while it has no subscription of
   * its own its message lamp is told unasked, as Asterisk does.
   */
  registered(phone: Phone): void
  /** A phone has no binding left. */
  gone(phoneName: string): void
  /**
   * A phone was removed, or has another password: its subscriptions end, as it could prolong them without a password for
   * ever. Who knows the new one subscribes again.
   */
  forget(phoneName: string): void
  /** Messages came, were heard, deleted or restored: in this mailbox, or somewhere. They are counted again. */
  messagesChanged(mailboxId?: string): void
  /** A call is new, or shows in another way. */
  callChanged(call: LampCall): void
  /** By the call's id. */
  callEnded(id: string): void
  /** The house was switched to something else. */
  switchesChanged(): void
  /** Phones, lines or mailboxes were changed: who may no longer watch something is told so. */
  houseChanged(): void
  /** Ends all subscriptions so that phones subscribe again, at the next start; sets no timer any more. */
  close(): void
}

/** A call as a key shows it. */
export interface LampCall {
  readonly id: string
  /** The line's name. */
  readonly line: string
  readonly mailboxId: string
  /** The real dialog of the caller's leg: what Replaces and Join may name. */
  readonly dialog: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  /** Early while it rings and is greeted: the key flashes. Confirmed while a message is recorded, or somebody talks: it shines. */
  readonly state: 'early' | 'confirmed'
  /** Null when withheld. */
  readonly callerNumber: string | null
  readonly callerName: string | null
}

/** Something that may be watched. */
export interface Resource {
  /** Whose messages count, and whose calls show. */
  readonly mailboxIds: readonly string[]
  /** Only the calls of this line show. */
  readonly line?: string
  /** Not calls show, but this: its key shines while it stands as it seldom does. */
  readonly switch?: SwitchName
}

export interface LampsOptions {
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** See `Unhurried`: by what it is told when calls and messages have changed. At once unless given. */
  readonly later?: (act: () => void) => void
  /**
   * What the user part of a Request-URI means to this phone: its own name, a mailbox of its own, a line with such a
   * mailbox, the code of a switch. Undefined for everything else. It is asked again when something changed, so it goes by the phone's name.
   */
  resourceOf(phone: Phone, user: string): Resource | undefined
  /** Whether the key of this switch shines; none does unless given. */
  shines?(which: SwitchName): boolean
  /** May reject; then it is asked again. */
  counts(mailboxIds: readonly string[]): Promise<MessageCounts>
  /** Sends a NOTIFY outside of any subscription to all bindings of this phone. */
  notifyUnsolicited(phone: Phone, body: Body): void
  /**
   * The user part that a phone calls to take this call when it can't say Replaces: a feature code. The caller's number
   * unless given.
   */
  pickUpUser?(call: Omit<LampCall, 'state'>): string
}
