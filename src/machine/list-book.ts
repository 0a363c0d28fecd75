import { hasNumber, type NumberSet } from '../lists/number-set.ts'
import { unpackNumbers } from '../lists/pack-numbers.ts'
import type { Log } from '../shared/log.ts'
import { newestRead } from '../shared/newest-read.ts'
import { toE164 } from '../shared/telephone-number.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Store } from '../store/store.ts'

/** The block lists that others keep, in memory: asked when a call is decided. */
export interface ListBook {
  /**
   * The ids of those that have the number; none has one that is withheld.
   *
   * @param e164 the number in E.164, as far as its line knows it
   */
  listsOf(number: string | null, e164: string | null): readonly string[]
  /** Reads what has changed; it follows by itself, a moment later. */
  reload(): Promise<void>
  close(): void
}

/** What `listsOf` depends on: lines may say in which country the house is. */
const READ = ['number_lists', 'settings', 'lines']

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openListBook(
  store: Pick<Store, 'numberLists' | 'settings' | 'lines' | 'onChange'>,
  log: Log,
): Promise<ListBook> {
  let country: string | null = null
  let books = new Map<string, { readonly revision: number; readonly numbers: NumberSet }>()

  const reload = newestRead(
    async () => {
      const [lists, house] = await Promise.all([store.numberLists.list(), readHouseCountry(store)])
      const read = lists.map(async ({ id, revision }) => {
        const known = books.get(id)
        if (known?.revision === revision) return [id, known] as const
        const numbers = unpackNumbers((await store.numberLists.numbers(id)) ?? new Uint8Array())
        return [id, { revision, numbers }] as const
      })
      return { house, found: await Promise.all(read) }
    },
    ({ house, found }) => {
      country = house.country
      books = new Map(found)
    },
  )
  const close = store.onChange((tables) => {
    if (tables.size > 0 && !READ.some((table) => tables.has(table))) return
    reload().catch((error) =>
      log.error({ err: error }, 'the block lists can not be read; the last known ones stay'),
    )
  })
  await reload()
  return {
    listsOf(number, e164) {
      if (number === null || books.size === 0) return []
      const known = e164 ?? toE164(number, { country, areaCode: null })
      return [...books].flatMap(([id, { numbers }]) => (hasNumber(numbers, number, known) ? [id] : []))
    },
    reload,
    close,
  }
}
