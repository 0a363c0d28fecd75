import type { Clock } from '../../src/shared/clock.ts'

/** A clock that stands still until it is told to go on; its timers fire in order of their deadlines. */
export interface FakeClock extends Clock {
  /** Moves time on by `ms`, firing every timer that falls due, each at its own instant. */
  advance(ms: number): void
  /** As `advance`, but lets promise callbacks run after every timer. */
  advanceAsync(ms: number): Promise<void>
  /** Makes wall time jump (an NTP step, a suspended laptop) without moving monotonic time. */
  jump(ms: number): void
  /** How many timers are set: 0 at the end of a test, or something leaked. */
  readonly pending: number
}

const EPOCH = Date.UTC(2026, 0, 5, 9, 0, 0)

export function fakeClock(startAt = EPOCH): FakeClock {
  let elapsed = 0
  let offset = startAt
  let order = 0
  const timers = new Set<{ at: number; order: number; fire: () => void }>()

  const due = (until: number) => {
    let first: { at: number; order: number; fire: () => void } | undefined
    for (const timer of timers) {
      if (timer.at > until) continue
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
    }
    return first
  }
  const fireNext = (until: number): boolean => {
    const timer = due(until)
    if (!timer) return false
    timers.delete(timer)
    elapsed = Math.max(elapsed, timer.at)
    timer.fire()
    return true
  }

  return {
    now: () => Math.floor(offset + elapsed),
    monotonic: () => elapsed,
    setTimer(delayMs, fire) {
      const timer = { at: elapsed + Math.max(delayMs, 0), order: order++, fire }
      timers.add(timer)
      const cancel = () => void timers.delete(timer)
      return { cancel, [Symbol.dispose]: cancel }
    },
    advance(ms) {
      const until = elapsed + ms
      while (fireNext(until));
      elapsed = until
    },
    async advanceAsync(ms) {
      const until = elapsed + ms
      await settle()
      while (fireNext(until)) await settle()
      elapsed = until
    },
    jump(ms) {
      offset += ms
    },
    get pending() {
      return timers.size
    },
  }
}

/** Lets every promise callback that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
