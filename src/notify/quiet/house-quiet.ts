import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { QuietHours } from '../../store/model.ts'
import { readQuietHours } from '../../store/quiet-hours.ts'
import type { Store } from '../../store/store.ts'
import { quietUntil } from './quiet-until.ts'

/** The quiet hours of the house, in memory. */
export interface HouseQuiet extends Disposable {
  readonly hours: readonly QuietHours[]
  isQuiet(): boolean
}

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openHouseQuiet({
  store,
  clock,
  log,
}: {
  readonly store: Pick<Store, 'settings' | 'onChange'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}): Promise<HouseQuiet> {
  let hours: readonly QuietHours[] = []
  const read = async () => {
    hours = await readQuietHours(store)
  }
  const stopFollowing = store.onChange((tables) => {
    if (tables.size > 0 && !tables.has('settings')) return
    read().catch((error: unknown) => log.error({ err: error }, 'the quiet hours can not be read; they stay'))
  })
  await read()
  return {
    get hours() {
      return hours
    },
    isQuiet: () => quietUntil(hours, clock.now()) !== null,
    [Symbol.dispose]: stopFollowing,
  }
}
