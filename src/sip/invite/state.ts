import type { Body, RingStatus } from '../endpoint.ts'
import type { Ask, HeaderList } from './fact.ts'
import type { SessionTimer } from './session-timer.ts'

/**
 * Where the first offer and answer stand (RFC 3264, RFC 3262 §5): nobody has offered, they or we have offered and the
 * other owes the answer, or both are through.
 */
export type Exchange = 'none' | 'theirs' | 'ours' | 'settled'

/** A reliable provisional response that waits for its PRACK (RFC 3262 §3). */
export interface Unacknowledged {
  /** RSeq and CSeq as its PRACK will name them. */
  readonly rack: string
  /** When it is sent again; doubles each time. */
  readonly intervalMs: number
  readonly hasBody: boolean
}

/** An INVITE came and has had no final response. */
export interface Proceeding {
  readonly kind: 'proceeding'
  readonly cseq: number
  readonly exchange: Exchange
  /** `required`: the caller wants provisional responses to be reliable; the RSeq of the next. */
  readonly reliability: { readonly kind: 'not-needed' } | { readonly kind: 'required'; readonly rseq: number }
  readonly unacknowledged?: Unacknowledged
  /** An offer in a PRACK or an UPDATE that our user has not answered yet. */
  readonly asked?: Ask
  /** What has to wait for the PRACK, or for the answer to that offer. */
  readonly next?:
    | { readonly kind: 'ring'; readonly body?: Body; readonly status?: RingStatus }
    | { readonly kind: 'accept'; readonly body: Body }
  /** The answer that came in a PRACK. */
  readonly answer?: Body
  readonly timer?: SessionTimer
  readonly refreshBy: 'UPDATE' | 'INVITE'
}

/** Our 200 is out and waits for its ACK (RFC 3261 §13.3.1.4). */
export interface Accepted {
  readonly kind: 'accepted'
  readonly cseq: number
  readonly intervalMs: number
  /** Whether the ACK carries the answer to an offer in our 200. */
  readonly late: boolean
  readonly answer?: Body
  /** The RSeq and CSeq of a provisional whose PRACK may still come (RFC 3262 §3). */
  readonly unacknowledged?: string
  /** We want to hang up; the BYE has to wait for the ACK (RFC 3261 §15). */
  readonly leaving?: HeaderList
  readonly timer?: SessionTimer
  readonly refreshBy: 'UPDATE' | 'INVITE'
}

/** A change of the session, from the re-INVITE or UPDATE to the end of its transaction. */
export type Talk =
  | { readonly kind: 'quiet' }
  /** They asked; our user has not answered. */
  | {
      readonly kind: 'asked'
      readonly method: 'INVITE' | 'UPDATE'
      readonly ask: Ask
      readonly cseq: number
      readonly late: boolean
      readonly timer?: SessionTimer
    }
  /** Our 2xx to their re-INVITE waits for its ACK. */
  | { readonly kind: 'answered'; readonly cseq: number; readonly intervalMs: number; readonly late: boolean }
  /** Our own refresh is under way. */
  | { readonly kind: 'refreshing' }

/** A REFER of theirs, until the last NOTIFY about it is out (RFC 3515). */
export type Referral =
  /** Our user has not answered. `quiet`: they want no NOTIFY (RFC 4488). */
  | { readonly kind: 'asked'; readonly ask: Ask; readonly id?: number; readonly quiet: boolean }
  | FollowedReferral

/** We make the call, and they are told what becomes of it. */
export interface FollowedReferral {
  readonly kind: 'followed'
  readonly ask: Ask
  /** The `id` of Event: the number of the REFER, unless it is the first of its dialog (RFC 3515 §2.4.6). */
  readonly id?: number
  /** Of our call. */
  readonly status: number
  /** How long the subscription lasts from each NOTIFY on. */
  readonly seconds: number
  /** A NOTIFY is under way. */
  readonly busy: boolean
  /** What has to be told; an ending is the reason of the last NOTIFY. */
  readonly due?: 'news' | 'noresource' | 'timeout'
}

/** A confirmed dialog, in either role. */
export interface Confirmed {
  readonly kind: 'confirmed'
  readonly talk: Talk
  /** REFERs that are not through; absent until the first came. */
  readonly referrals?: readonly Referral[]
  readonly unacknowledged?: string
  readonly timer?: SessionTimer
  readonly refreshBy: 'UPDATE' | 'INVITE'
}

/** Our INVITE is out. */
export interface Calling {
  readonly kind: 'calling'
  /** CANCEL is on its way: `cancel` ends a 200 that crosses it by BYE, `withdraw` takes it. */
  readonly wish: 'connect' | 'cancel' | 'withdraw'
  /** By remote tag: forks have a dialog each (RFC 3261 §12.1.2). */
  readonly early?: ReadonlyMap<string, EarlyDialog>
  /** An offer in an UPDATE that our user has not answered yet. */
  readonly asked?: Ask
}

/** What is known of an early dialog of a call of ours. */
export interface EarlyDialog {
  /** RSeq of its last reliable provisional response. */
  readonly rseq?: number
  /** A reliable response has answered our offer: either side may offer anew by UPDATE. */
  readonly settled: boolean
}

/** Nothing is reported any more; requests that crossed our BYE are still answered. */
export interface Over {
  readonly kind: 'over'
}

export type InviteState = Proceeding | Accepted | Calling | Confirmed | Over
