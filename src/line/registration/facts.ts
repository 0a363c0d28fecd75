import type { ErrorCode } from '../../shared/errors.ts'

/** Why a registration does not stand, in the catalogue's words. */
export interface Problem {
  readonly code: ErrorCode
  /** What it is about: the server, and what it said. */
  readonly detail: string
}

/**
 * What happens to a registration. `chance`, from 0 up to 1, spreads machines that lost the same server at the same moment
 * (RFC 5626 §4.5).
 */
export type RegistrationFact =
  | { readonly kind: 'started' }
  /** The registrar's name led to so many places, in the order in which to try them. */
  | { readonly kind: 'located'; readonly places: number }
  | { readonly kind: 'not-located'; readonly problem: Problem; readonly chance: number }
  /** 2xx: it stands for so long. */
  | { readonly kind: 'accepted'; readonly expirySeconds: number; readonly chance: number }
  /** The place was reached, and says that it does not want us as we ask. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly chance: number }
  /** 423: we ask for less than it gives (RFC 3261 §10.2.8). */
  | {
      readonly kind: 'too-brief'
      readonly leastSeconds: number
      readonly problem: Problem
      readonly chance: number
    }
  /** No answer, no connection, or a server in trouble: another place may do. */
  | {
      readonly kind: 'failed'
      readonly problem: Problem
      readonly chance: number
      /** It asked to be left alone for so long (RFC 3261 §20.33). */
      readonly retryAfterSeconds?: number
    }
  /** The connection over which it was made is closed: nobody can reach us by it (RFC 5626 §4.2.1). */
  | { readonly kind: 'flow-closed'; readonly problem: Problem; readonly chance: number }
  /** We were told that the world sees us at another address: it has to be told to callers. */
  | { readonly kind: 'address-changed' }
  | { readonly kind: 'time' }
  | { readonly kind: 'stopped' }

/** What is to be done about it. */
export type RegistrationOrder =
  | { readonly kind: 'locate' }
  | { readonly kind: 'register'; readonly place: number; readonly expirySeconds: number }
  /** One REGISTER with Expires 0, which nobody waits for. */
  | { readonly kind: 'unregister'; readonly place: number }
  /** There is one timer: setting it again moves it. */
  | { readonly kind: 'set-timer'; readonly delayMs: number }
  | { readonly kind: 'stop-timer' }
  | { readonly kind: 'tell'; readonly standing: Standing }

/** How it stands, for the owner. */
export type Standing =
  | { readonly state: 'registering' }
  | { readonly state: 'registered'; readonly place: number }
  | { readonly state: 'failing'; readonly problem: Problem }
