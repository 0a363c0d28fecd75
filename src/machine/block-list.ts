import type { Log } from '../shared/log.ts'
import { comparable } from '../shared/same-number.ts'
import { toE164 } from '../shared/telephone-number.ts'
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
  /** As it is written, and in E.164: blocked as 030 1234567, +49301234567 is no other. */
  const keysOf = (number: string, known: string | null = null): readonly string[] => {
    const e164 = known ?? toE164(number, { country, areaCode: null })
    return e164 === null ? [comparable(number)] : [comparable(number), comparable(e164)]
  }
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
