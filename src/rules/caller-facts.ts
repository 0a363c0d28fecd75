import type { Attestation } from '../shared/attestation.ts'

/**
 * Who is calling, as facts for rules: what the line said, and what is known of how far that can be believed. `caller/`
 * fills it in, once, when the call arrives.
 */
export interface CallerFacts {
  /** The number, or the user part of a SIP address, as the line wrote it; null when it is withheld or there is none. */
  readonly number: string | null
  /** The same number in E.164, `+` and up to 15 digits; null where it is none, or the line's country is not known. */
  readonly e164: string | null
  /** The display name; null when there is none that says more than the number. */
  readonly name: string | null
  /**
   * Who keeps the number back: `caller` asked for privacy (RFC 3323, RFC 3325 §9.3); `network` gave an anonymous
   * address without saying why. Null: nobody.
   */
  readonly withheldBy: 'caller' | 'network' | null
  /** The header that number and name are from; null when nobody is named. */
  readonly source: IdentitySource | null
  /** Through whom the call came before it came here, the last one first (RFC 5806, RFC 7044). */
  readonly divertedFrom: readonly Diversion[]
  /** Whether a provider vouches for the number; null: nobody has said anything, or it is not known yet. */
  readonly attestation: Attestation | null
  /** Signs that somebody along the way takes it for spam. */
  readonly spamHints: readonly SpamHint[]
}

/** The headers that may name the caller, the most trusted first. */
export const IDENTITY_SOURCES = ['p-asserted-identity', 'remote-party-id', 'from'] as const
export type IdentitySource = (typeof IDENTITY_SOURCES)[number]

/** Somebody whose calls were sent on. */
export interface Diversion {
  readonly number: string | null
  readonly e164: string | null
  /** As RFC 5806 names them: `no-answer`, `user-busy`, `unconditional`, `deflection`, …; null where none was given. */
  readonly reason: string | null
}

/** `name`: the display name says so; `call-info`: the network rates it so (draft-ietf-sipcore-callinfo-spam). */
export type SpamHint = 'name' | 'call-info'
