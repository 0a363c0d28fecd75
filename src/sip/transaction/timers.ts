/** The three values that every timer of RFC 3261 derives from (§17, table 4 in appendix A), in ms. */
export interface SipTimers {
  /** Estimate of the round-trip time. */
  readonly t1Ms: number
  /** Longest interval between retransmissions of a non-INVITE request or an INVITE response. */
  readonly t2Ms: number
  /** How long a message may stay in the network. */
  readonly t4Ms: number
}

export const defaultTimers: SipTimers = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 }

/** What a transaction machine knows of time: a reliable transport needs no retransmission (RFC 3261 §17). */
export interface Timing extends SipTimers {
  readonly reliable: boolean
}

/** How long a transaction waits for the other side, or the other side may go on repeating itself: timers B, D, F, H, J, L, M. */
export const waitMs = (timing: SipTimers): number => 64 * timing.t1Ms

/** How long stray copies are absorbed: timers I and K. */
export const lingerMs = (timing: SipTimers): number => timing.t4Ms
