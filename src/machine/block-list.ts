import type { Log } from '../shared/log.ts'
import { numberKeys } from '../shared/number-keys.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Store } from '../store/store.ts'

/** The numbers whose calls are refused, in memory: asked for each call before it rings. */
export interface BlockList {
  /** @param e164 the number in E.164, as far as its line knows it */
  has(number: string | null, e164: string | null): boolean
  /** At once, though the store may take a while to be written. */
  add(number: string): void
  close(): void
}

/** What `has` depends on: lines may say in which country the house is. */
const READ = ['blocked', 'settings', 'lines']

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openBlockList(
  store: Pick<Store, 'blocked' | 'settings' | 'lines' | 'onChange'>,
  log: Log,
): Promise<BlockList> {
  let country: string | null = null
  let numbers = new Set<string>()
  const keysOf = (number: string, known?: string | null) => numberKeys(number, country, known)
  const reload = async () => {
    const [blocked, house] = await Promise.all([store.blocked.list(), readHouseCountry(store)])
    country = house.country
    numbers = new Set(blocked.flatMap(({ number }) => keysOf(number)))
  }
  const close = store.onChange((tables) => {
    if (tables.size > 0 && !READ.some((table) => tables.has(table))) return
    reload().catch((error) =>
      log.error({ err: error }, 'the blocked numbers can not be read; the last known ones stay'),
    )
  })
  await reload()
  return {
    has: (number, e164) => number !== null && keysOf(number, e164).some((key) => numbers.has(key)),
    add(number) {
      for (const key of keysOf(number)) numbers.add(key)
    },
    close,
  }
}
