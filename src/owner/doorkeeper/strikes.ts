/** What is held against somebody who gives wrong passwords. Instants and durations in ms. */
export interface Strikes {
  /** When, oldest first; at most as many as make a ban. */
  readonly at: readonly number[]
  /** Bans so far, one upon the other. */
  readonly bans: number
  readonly bannedUntil: number
}

const MINUTE_MS = 60_000

/** This many wrong passwords … */
const STRIKES_FOR_A_BAN = 10
/** … within this time … */
const WINDOW_MS = 10 * MINUTE_MS
/** … ban for this long, and twice as long each time, up to the longest. */
const FIRST_BAN_MS = 10 * MINUTE_MS
const LONGEST_BAN_MS = 24 * 60 * MINUTE_MS
/** After a ban was over for this long, the next is the first again. */
const FORGIVEN_AFTER_MS = 24 * 60 * MINUTE_MS

const NONE: Strikes = { at: [], bans: 0, bannedUntil: Number.NEGATIVE_INFINITY }

/** A wrong password. `banMs` is how long the ban lasts that it brought, if it did. */
export function strike(
  before: Strikes | undefined,
  at: number,
): readonly [next: Strikes, banMs: number | undefined] {
  const { bannedUntil, ...held } = before ?? NONE
  const bans = at - bannedUntil > FORGIVEN_AFTER_MS ? 0 : held.bans
  const recent = [...held.at.filter((each) => at - each < WINDOW_MS), at]
  if (recent.length < STRIKES_FOR_A_BAN) return [{ at: recent, bans, bannedUntil }, undefined]
  const banMs = Math.min(FIRST_BAN_MS * 2 ** Math.min(bans, 16), LONGEST_BAN_MS)
  return [{ at: [], bans: bans + 1, bannedUntil: at + banMs }, banMs]
}

export function isBanned(strikes: Strikes | undefined, at: number): boolean {
  return strikes !== undefined && at < strikes.bannedUntil
}
