/**
 * How long to wait before the next try, in ms. Twice as long each time, and by chance between half of it and all (RFC 5626
 * §4.5), but with its own bounds: a telephone line has to be back minutes after its provider is, not half an hour.
 */
export function pauseAfterSilence(failures: number, chance: number): number {
  return spread(Math.min(5000 * 2 ** (failures - 1), LONGEST_SILENCE_MS), chance)
}

/**
 * The same after a refusal: who asks again and again with a wrong password is locked out. A registrar that has just
 * restarted without its database refuses, too, so it is not given up for ever.
 */
export function pauseAfterRefusal(refusals: number, chance: number): number {
  return spread(Math.min(60_000 * 2 ** (refusals - 1), LONGEST_REFUSAL_MS), chance)
}

const LONGEST_SILENCE_MS = 120_000
const LONGEST_REFUSAL_MS = 900_000

/** Time for one more REGISTER to run into silence (timer F, RFC 3261 §17.1.2.2) and another to be answered. */
const MARGIN_SECONDS = 40

/** A registrar that grants a second is not asked each half of one. */
const SHORTEST_REFRESH_MS = 10_000

/**
 * When to register again: early enough for a second try, at half of the time at the earliest (RFC 5626 §4.4 has 50 to
 * 90 %), and not all machines in the same moment.
 */
export function pauseBeforeRefresh(expirySeconds: number, chance: number): number {
  const early = Math.max(expirySeconds / 2, Math.min(expirySeconds * 0.8, expirySeconds - MARGIN_SECONDS))
  return Math.max(early * 1000 * (0.9 + 0.1 * chance), SHORTEST_REFRESH_MS)
}

const spread = (ms: number, chance: number) => ms * (0.5 + 0.5 * chance)
