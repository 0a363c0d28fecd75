import type { Body, TerminationReason } from '../endpoint.ts'
import type { Ask } from '../invite/fact.ts'

/** Gives the body of a NOTIFY at the moment when that leaves. */
export type BodyMaker = () => Body

/** A SUBSCRIBE came, and our user has not answered. */
export interface Asked {
  readonly kind: 'asked'
  readonly ask: Ask
  readonly askedSeconds: number
}

/** A fetch (RFC 6665 §4.4.3): its one NOTIFY waits for our user to give the state. */
export interface Fetching {
  readonly kind: 'fetching'
}

/** The subscription stands. */
export interface Active {
  readonly kind: 'active'
  /** No refresh gets more than this. */
  readonly limitSeconds: number
  /** Whether a NOTIFY may leave: one is under way at a time, and a subscriber may want rest (Retry-After). */
  readonly way: 'free' | 'taken' | 'resting'
  /** The newest state has not been told. */
  readonly due: boolean
  /** What our user gave last. */
  readonly makeBody?: BodyMaker
}

/** Over for our user; the last NOTIFY waits for the end of the one before it. */
export interface Closing {
  readonly kind: 'closing'
  readonly reason: TerminationReason
  readonly makeBody?: BodyMaker
}

/** The last NOTIFY is under way. */
export interface Leaving {
  readonly kind: 'leaving'
}

/** Nothing is left to do. */
export interface Over {
  readonly kind: 'over'
}

export type SubscriptionState = Asked | Fetching | Active | Closing | Leaving | Over
