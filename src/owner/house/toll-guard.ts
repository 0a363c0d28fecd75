import type { Clock } from '../../shared/clock.ts'
import type { CallOut } from './line-out.ts'

/** Keeps what calls out cost within what the owner has allowed: whoever has stolen a phone's password calls without end. */
export interface TollGuard {
  /** A call through this line: with its end, or the limit that it would pass. */
  admit(line: string, number: string, limits: CallOut): (() => void) | 'at-once' | 'per-hour'
}

/** What was placed outlives the process. */
export interface TollMemory {
  /** How long ago calls were placed that count, in ms, by line. */
  readonly agesMs: ReadonlyMap<string, readonly number[]>
  /** Takes the same of now; it is not waited for. */
  keep(agesMs: ReadonlyMap<string, readonly number[]>): void
}

const HOUR_MS = 3_600_000

/** Numbers as short as these are emergency and service numbers in all countries, and are never kept from anybody. */
const SHORT = 3

export function createTollGuard(clock: Pick<Clock, 'monotonic'>, memory: TollMemory): TollGuard {
  const start = clock.monotonic()
  const placed = new Map(
    [...memory.agesMs].map(([line, agesMs]) => [line, agesMs.map((age) => start - age)] as const),
  )
  const going = new Map<string, number>()

  const agesAt = (now: number) =>
    new Map(
      [...placed]
        .map(
          ([line, instants]) =>
            [line, instants.map((at) => now - at).filter((age) => age < HOUR_MS)] as const,
        )
        .filter(([, agesMs]) => agesMs.length > 0),
    )

  return {
    admit(line, number, { atOnce, perHour }) {
      const now = clock.monotonic()
      // No more than the limit are kept.
      const recent = (placed.get(line) ?? []).filter((at) => at > now - HOUR_MS)
      const running = going.get(line) ?? 0
      if (number.length > SHORT) {
        if (running >= atOnce) return 'at-once'
        if (recent.length >= perHour) return 'per-hour'
        recent.push(now)
      }
      placed.set(line, recent)
      if (recent.at(-1) === now) memory.keep(agesAt(now))
      going.set(line, running + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        const left = (going.get(line) ?? 1) - 1
        if (left > 0) going.set(line, left)
        else going.delete(line)
      }
    },
  }
}
