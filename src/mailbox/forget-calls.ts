import type { Clock } from '../shared/clock.ts'
import type { Numbered, SaidName } from '../store/model.ts'
import type { Store } from '../store/store.ts'

/** So many are forgotten in one transaction; calls are let through before the next. */
const AT_A_TIME = 500

export interface ForgetCallsOptions {
  readonly store: Pick<Store, 'calls' | 'traces'>
  readonly clock: Clock
  /** Removes the sound of a name whose row is gone. */
  readonly removeName: (name: Pick<SaidName, 'takeId' | 'file'>) => void
}

/**
 * Forgets for good what calls these callers have made, with what went over the wire and the names that were said in them.
 * What goes on stays. Returns how many calls that were.
 */
export async function forgetCalls(
  callers: readonly Numbered[],
  { store, clock, removeName }: ForgetCallsOptions,
): Promise<number> {
  for (let count = 0; ; ) {
    const gone = await store.calls.removeOf(callers, AT_A_TIME)
    await store.traces.remove(gone.map(({ id }) => id))
    for (const { name } of gone) if (name) removeName(name)
    count += gone.length
    if (gone.length < AT_A_TIME) return count
    await new Promise<void>((resume) => clock.setTimer(0, resume))
  }
}
