import type { TollMemory } from '../owner/house/toll-guard.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'

const KEY = 'calls-out'

/**
 * When calls went out in the last hour, over a restart: whoever has stolen a phone's password is not to spend more by it.
 * Rejects with AP_STORE_* when the store can't be read.
 */
export async function openCallsOutBook({
  store,
  clock,
  log,
}: {
  readonly store: Pick<Store, 'settings'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
}): Promise<TollMemory> {
  const written = await store.settings.get(KEY)
  const now = clock.now()
  // An instant to come is of a clock that was wrong.
  const agesMs = Object.entries(
    written === null ? {} : (JSON.parse(written) as Record<string, number[]>),
  ).map(([line, instants]) => [line, instants.map((at) => Math.max(0, now - at))] as const)
  let last: Promise<void> = Promise.resolve()
  return {
    agesMs: new Map(agesMs),
    keep(ages) {
      const kept = Object.fromEntries(
        [...ages].map(([line, ms]) => [line, ms.map((age) => Math.round(clock.now() - age))]),
      )
      last = last
        .then(() => store.settings.set(KEY, JSON.stringify(kept)))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'a call out could not be written down: a restart will not count it'),
        )
    },
  }
}
