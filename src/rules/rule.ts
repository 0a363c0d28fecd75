import type { GateQuestion } from '../shared/caller-gate.ts'
import type { WeekHours } from '../shared/week-hours.ts'

/**
 * What the owner says of certain calls. Rules are in an order, and the first one whose conditions all hold decides the
 * call, alone; where none does, the line's own settings hold.
 */
export interface Rule {
  readonly id: string
  readonly name: string
  /** One that is switched off is passed over. */
  readonly enabled: boolean
  /** All of them must hold; none at all: every call. */
  readonly when: readonly Condition[]
  readonly action: Action
}

/** Something that holds of a call or does not. `not`: it is wanted that it does not. */
export type Condition = Wanted & { readonly not: boolean }

export type Wanted =
  /** One of these is who calls. */
  | { readonly kind: 'who'; readonly are: readonly Who[] }
  /** One of these contacts calls, from whichever of its numbers. */
  | { readonly kind: 'people'; readonly contacts: readonly string[] }
  /** The number is one of these, or fits one: `*` stands for any digits, `?` for one. */
  | { readonly kind: 'number'; readonly like: readonly string[] }
  /** The name that the caller's side shows contains one of these. */
  | { readonly kind: 'name'; readonly has: readonly string[] }
  /** The call was sent on from one of these numbers; from any, where none is given. */
  | { readonly kind: 'diverted'; readonly from: readonly string[] }
  | { readonly kind: 'attestation'; readonly is: readonly Attested[] }
  /** Somebody along the way takes the call for spam. */
  | { readonly kind: 'suspected' }
  /** The number is on one of these block lists; on any, where none is given. */
  | { readonly kind: 'listed'; readonly lists: readonly string[] }
  | { readonly kind: 'line'; readonly lines: readonly string[] }
  /** By the clock there: in one of these. */
  | { readonly kind: 'hours'; readonly spans: readonly WeekHours[] }
  /** Whole days, both ends included: YYYY-MM-DD, or MM-DD for those of each year. */
  | { readonly kind: 'dates'; readonly spans: readonly DateSpan[] }
  /** It is a public holiday there: a country, or a part of one (`DE`, `DE-BY`). */
  | { readonly kind: 'holiday'; readonly region: string }
  /** This call is at least so many-th of the same caller in so long. Who withholds the number has no earlier calls. */
  | { readonly kind: 'calls'; readonly atLeast: number; readonly minutes: number }
  /** So many messages at least are in the mailbox of the line. */
  | { readonly kind: 'messages'; readonly state: 'new' | 'junk'; readonly atLeast: number }

export type ConditionKind = Wanted['kind']

/**
 * Favourites are contacts too. A stranger is nobody's contact, whether a number is shown or not. Blocked callers are
 * refused unless a rule is about them (`about-blocked.ts`).
 */
export const WHO = ['favourite', 'contact', 'stranger', 'anonymous', 'internal', 'blocked'] as const
export type Who = (typeof WHO)[number]

/**
 * How far the number is proved (RFC 8224, RFC 8588 §4): `valid` of whatever level; `wrong`: somebody claims a number and
 * the proof is wrong; `none`: nobody has said anything.
 */
export const ATTESTED = ['A', 'B', 'C', 'valid', 'wrong', 'none'] as const
export type Attested = (typeof ATTESTED)[number]

export interface DateSpan {
  readonly from: string
  readonly to: string
}

/** What is done with the call. What is not said is as the line does it. */
export type Action = Take | Refuse

export interface Take {
  readonly kind: 'take'
  /** Which phones ring, by id; none for `[]`. */
  readonly phones?: readonly string[]
  /** What the caller has to do before they ring: the machine answers at once and asks for it. */
  readonly gate?: GateQuestion
  /** How long they ring before the machine answers, or greets whom it has let through a gate; 0: at once. */
  readonly ringSeconds?: number
  /** Null: the greeting that ships with the project. */
  readonly greeting?: string | null
  /** Its message lights no lamp and is told to nobody. */
  readonly junk?: boolean
  /** Phones show it before the caller's name. */
  readonly label?: string
}

export interface Refuse {
  readonly kind: 'refuse'
  /** What the caller gets: busy, no such number, or that the call is not wanted. */
  readonly as: Refusal
}

export const REFUSALS = ['busy', 'unobtainable', 'declined'] as const
export type Refusal = (typeof REFUSALS)[number]
