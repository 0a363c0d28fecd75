import type { Clock } from './clock.ts'

/** Slows down who keeps failing: each key has some free tries, then waits twice as long after every failure. */
export interface Throttle {
  /**
   * Charges a try, unless this key must wait. The charge comes before the try is judged, so that a thousand tries at once
   * count as a thousand.
   */
  charge(key: string): Charge
  /** What counts against this key. */
  standing(key: string): Standing
  /** Has it stand as it did before a restart; the last try was so many ms ago. */
  restore(key: string, tries: number, agoMs: number): void
}

export interface Charge {
  /** How long this key must wait, in ms. Only when it is 0 may the try be judged, and has been charged. */
  readonly waitMs: number
  /** Takes it back, once: the try was good, and all stands as if it had not been made. */
  forgive(): void
}

export interface Standing {
  readonly tries: number
  /** How long the key must wait from now on. */
  readonly waitMs: number
  /** How long ago the last of them was charged. */
  readonly agoMs: number
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
  /** When the last of them were charged, the latest last. */
  instants: number[]
}

export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock, freeTries, firstWaitMs, longestWaitMs, forgetAfterMs } = options
  const records = new Map<string, Record>()
  /** As many as may be judged at once, and the one before, which counts again when they were all good. */
  const mostInstants = freeTries + 1

  const waitAfter = (tries: number) =>
    tries < freeTries ? 0 : Math.min(firstWaitMs * 2 ** Math.min(tries - freeTries, 30), longestWaitMs)

  /** What still counts against this key. */
  function recordOf(key: string, now: number): Record | undefined {
    const known = records.get(key)
    return known && now - lastOf(known) < forgetAfterMs ? known : undefined
  }

  function standingOf(record: Record | undefined, now: number): Standing {
    if (!record) return { tries: 0, waitMs: 0, agoMs: 0 }
    const { tries } = record
    const agoMs = now - lastOf(record)
    return { tries, waitMs: Math.max(0, waitAfter(tries) - agoMs), agoMs }
  }

  return {
    charge(key) {
      const now = clock.monotonic()
      const record = recordOf(key, now) ?? { tries: 0, instants: [] }
      const { waitMs } = standingOf(record, now)
      if (waitMs > 0) return { waitMs, forgive() {} }
      record.tries++
      record.instants = [...record.instants, now].slice(-mostInstants)
      records.delete(key)
      records.set(key, record)
      if (records.size > MOST_KEYS) for (const oldest of records.keys()) if (records.delete(oldest)) break
      return {
        waitMs: 0,
        forgive() {
          record.tries--
          // Had this try stayed the last one, who often succeeds would never have old failures forgotten.
          const place = record.instants.indexOf(now)
          if (place >= 0 && record.instants.length > 1) record.instants.splice(place, 1)
          if (record.tries <= 0 && records.get(key) === record) records.delete(key)
        },
      }
    },
    standing(key) {
      const now = clock.monotonic()
      return standingOf(recordOf(key, now), now)
    },
    restore(key, tries, agoMs) {
      records.set(key, { tries, instants: [clock.monotonic() - agoMs] })
    },
  }
}

const lastOf = ({ instants }: Record) => instants.at(-1) ?? Number.NEGATIVE_INFINITY
