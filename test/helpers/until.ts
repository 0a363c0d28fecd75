import { vi } from 'vitest'

/** Longer than any disk or processor takes that other programs keep busy: CI installs packages meanwhile. */
const PATIENCE_MS = 30_000

/** Waits, without sleeping, until something that the real disk, a socket or a thread brings about has come about. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < PATIENCE_MS; ) {
    if (await condition()) return
    await new Promise((next) => setImmediate(next))
  }
  throw new Error(`never came about: ${condition}`)
}

/** Waits until `check` throws no more, and gives what it gives; what it threw last is thrown in the end. */
export const untilHolds = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 10 })
