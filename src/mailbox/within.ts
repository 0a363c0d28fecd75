import type { Clock } from '../shared/clock.ts'

/** Resolves to whether the promise has settled well within this time. The promise goes on either way. */
export function within(promise: Promise<unknown>, patienceMs: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.setTimer(patienceMs, () => resolve(false))
    const settle = (well: boolean) => {
      timer.cancel()
      resolve(well)
    }
    promise.then(
      () => settle(true),
      () => settle(false),
    )
  })
}
