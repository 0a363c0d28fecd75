import type { Clock } from './clock.ts'

/** Slows down who keeps failing: each key has some free tries, then waits twice as long after every failure. */
export interface Throttle {
  /**
   * Says how long this key must wait, in ms, and charges a try when that is 0. The charge comes before the try is
   * judged, so that a thousand tries at once count as a thousand.
   */
  charge(key: string): number
  /** Takes a charge back: the try was good. */
  forgive(key: string): void
  /** How many tries count against this key, and how long it must wait from now on, in ms. */
  standing(key: string): { readonly tries: number; readonly waitMs: number }
  /** Has it stand as it did before a restart; the last try was so many ms ago. */
  restore(key: string, tries: number, agoMs: number): void
}

export interface ThrottleOptions {
  readonly clock: Clock
  readonly freeTries: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** After this long without a try all is forgotten. */
  readonly forgetAfterMs: number
}

/** A flood from forged or rented addresses must not fill the memory; the oldest are forgotten first. */
const MOST_KEYS = 10_000

interface Record {
  tries: number
  chargedAt: number
}

export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock, freeTries, firstWaitMs, longestWaitMs, forgetAfterMs } = options
  const records = new Map<string, Record>()

  const waitAfter = (tries: number) =>
    tries < freeTries ? 0 : Math.min(firstWaitMs * 2 ** Math.min(tries - freeTries, 30), longestWaitMs)

  /** What still counts against this key. */
  function recordOf(key: string, now: number): Record {
    const known = records.get(key)
    return known && now - known.chargedAt < forgetAfterMs ? known : { tries: 0, chargedAt: now }
  }

  const waitOf = ({ tries, chargedAt }: Record, now: number) =>
    tries > 0 ? Math.max(0, chargedAt + waitAfter(tries) - now) : 0

  return {
    charge(key) {
      const now = clock.monotonic()
      const record = recordOf(key, now)
      const waitMs = waitOf(record, now)
      if (waitMs > 0) return waitMs
      records.delete(key)
      records.set(key, { tries: record.tries + 1, chargedAt: now })
      if (records.size > MOST_KEYS) for (const oldest of records.keys()) if (records.delete(oldest)) break
      return 0
    },
    forgive(key) {
      const record = records.get(key)
      if (!record) return
      record.tries--
      if (record.tries <= 0) records.delete(key)
    },
    standing(key) {
      const now = clock.monotonic()
      const record = recordOf(key, now)
      return { tries: record.tries, waitMs: waitOf(record, now) }
    },
    restore(key, tries, agoMs) {
      records.set(key, { tries, chargedAt: clock.monotonic() - agoMs })
    },
  }
}
