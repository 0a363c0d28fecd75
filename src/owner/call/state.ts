import type { Purpose, Stage } from './facts.ts'

/** How far a leg is. */
export type LegStage =
  /** We call it. */
  | 'calling'
  /** We call it no longer, but it may have answered in that moment. */
  | 'withdrawn'
  /** It has answered, hears who calls, and has not said yet what it wants. */
  | 'deciding'
  /** It hears the caller. */
  | 'listening'
  /** It has been put before the screening machine, whose word is awaited. `called`: by us, so that it is up already. */
  | 'claiming'
  /** It and the caller hear each other. */
  | 'talking'
  /** It is being hung up on, or refused. */
  | 'leaving'

export interface Leg {
  readonly phone: string
  readonly purpose: Purpose
  readonly stage: LegStage
  /** The dialog stands: what ends it is BYE. Otherwise the phone has called us and waits for our answer. */
  readonly up: boolean
}

/** A transfer that the owner who talks has asked for. */
export interface Transfer {
  readonly by: string
  /** The phones that are called for it and have not refused. */
  readonly targets: ReadonlySet<string>
  /** She has hung up already, and trusts that it works. */
  readonly left: boolean
}

/** The owner's side of one call. */
export interface OwnerSide {
  readonly stage: Stage
  readonly legs: ReadonlyMap<string, Leg>
  /** The leg that has the caller. */
  readonly talker?: string
  readonly transfer?: Transfer
}

export const NOBODY: OwnerSide = { stage: 'waiting', legs: new Map() }
