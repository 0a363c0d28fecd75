import type { QuietHours } from './model.ts'
import type { Store } from './store.ts'

const KEY = 'quiet-hours'

/** When nobody in the house wants to hear of anything; empty: never. */
export async function readQuietHours(store: Pick<Store, 'settings'>): Promise<readonly QuietHours[]> {
  const written = await store.settings.get(KEY)
  return written ? (JSON.parse(written) as QuietHours[]) : []
}

export const keepQuietHours = (store: Pick<Store, 'settings'>, hours: readonly QuietHours[]): Promise<void> =>
  store.settings.set(KEY, JSON.stringify(hours))
