/**
 * Session timers (RFC 4028): a call whose other side has vanished is ended, because the session has to be refreshed
 * before it expires. Pure: the request's wishes in, the agreement or a refusal out.
 */

/** No interval below this is accepted, nor asked for (RFC 4028 §4: 90 s is the least Min-SE there may be). */
export const MIN_SESSION_MS = 90_000

/** What a request or response says about the session's life. */
export interface TimerWish {
  /** Session-Expires, in ms. */
  readonly intervalMs?: number
  /** Who shall refresh, as roles in this transaction. */
  readonly refresher?: 'uac' | 'uas'
  /** The other side lists `timer` in Supported or Require. */
  readonly supported: boolean
}

/** The life that both sides agreed upon. */
export interface SessionTimer {
  readonly intervalMs: number
  /** True when refreshing is our task. */
  readonly ours: boolean
  /** Whether the other side knows the extension: only then it may be named as refresher, or required to obey. */
  readonly supported: boolean
}

export type TimerAgreement =
  | { readonly kind: 'none' }
  | { readonly kind: 'agreed'; readonly timer: SessionTimer }
  | { readonly kind: 'too-small' }

/**
 * What we, as UAS, answer to a request's wish (RFC 4028 §9). We never ask for a timer of our own: RTP that stops
 * coming and the longest message end a dead call sooner.
 */
export function agreeTimer(wish: TimerWish): TimerAgreement {
  if (wish.intervalMs === undefined) return { kind: 'none' }
  if (wish.intervalMs < MIN_SESSION_MS) {
    // RFC 4028 §9: 422 only towards a UAC that understands it. Where a proxy wished for a UAC that does not, the 2xx
    // carries no Session-Expires, since the value must not be raised and we won't refresh that often.
    return { kind: wish.supported ? 'too-small' : 'none' }
  }
  // RFC 4028 §9 table 2: the UAC's choice stands; without one, or without support, see below.
  const refresher = wish.supported ? (wish.refresher ?? 'uac') : 'uas'
  return {
    kind: 'agreed',
    timer: { intervalMs: wish.intervalMs, ours: refresher === 'uas', supported: wish.supported },
  }
}

/** What a 2xx to a request of ours lays down (RFC 4028 §7.2): without Session-Expires the session does not expire. */
export function obeyTimer(wish: TimerWish): SessionTimer | undefined {
  if (wish.intervalMs === undefined) return undefined
  return {
    intervalMs: Math.max(wish.intervalMs, MIN_SESSION_MS),
    ours: wish.refresher !== 'uas',
    supported: true,
  }
}

/** The refresher refreshes at half the interval (RFC 4028 §7.2). */
export function refreshAfterMs(timer: SessionTimer): number {
  return timer.intervalMs / 2
}

/** BYE is sent slightly before the session expires: by a third of the interval, at most 32 s (RFC 4028 §10). */
export function expireAfterMs(timer: SessionTimer): number {
  return timer.intervalMs - Math.min(32_000, timer.intervalMs / 3)
}
