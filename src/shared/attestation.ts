/** What was found out about a caller's number. */
export interface Attestation {
  /** `failed`: somebody claims a number and the proof is wrong. `none`: somebody looked, and there was no proof to look at. */
  readonly verdict: 'passed' | 'failed' | 'none'
  /**
   * RFC 8588 §4: A, the provider knows the caller and that the number is his; B, it knows the caller; C, neither. Null
   * where that is not said.
   */
  readonly level: 'A' | 'B' | 'C' | null
  /** A signature checked here (RFC 8224), or the word of a provider that the line's owner trusts (`verstat`). */
  readonly by: 'signature' | 'verstat'
}
