import type { Log } from '../shared/log.ts'
import { newestRead } from '../shared/newest-read.ts'
import { type KeyedNumber, keyedNumber, shareKey } from '../shared/number-keys.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Store } from '../store/store.ts'

/** The numbers whose calls are refused, in memory: asked for each call before it rings. */
export interface BlockList {
  /** @param e164 the number in E.164, as far as its line knows it */
  has(number: string | null, e164: string | null): boolean
  /**
   * At once, though the store may take a while to be written.
   *
   * @param written resolves once it is, or never will be; from then on what is read of the store counts
   */
  add(number: string, written: Promise<unknown>): void
  close(): void
}

/** A number that was blocked at once. */
interface Added {
  readonly number: string
  isWritten: boolean
}

/** What `has` depends on: lines may say in which country the house is. */
const READ = ['blocked', 'settings', 'lines']

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openBlockList(
  store: Pick<Store, 'blocked' | 'settings' | 'lines' | 'onChange'>,
  log: Log,
): Promise<BlockList> {
  let country: string | null = null
  let byKey = new Map<string, KeyedNumber[]>()
  /** No read is known to have found these. */
  const added = new Set<Added>()
  let closed = false
  const hold = (number: string) => {
    const one = keyedNumber(number, country)
    for (const key of one.keys) byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  const reload = newestRead(
    async () => {
      // This read began after their writing was over: where it finds none of them, there is none any more.
      const over = [...added].filter(({ isWritten }) => isWritten)
      const [blocked, house] = await Promise.all([store.blocked.list(), readHouseCountry(store)])
      return { over, blocked, house }
    },
    ({ over, blocked, house }) => {
      for (const each of over) added.delete(each)
      country = house.country
      byKey = new Map()
      for (const { number } of [...blocked, ...added]) hold(number)
    },
  )
  const follow = () => {
    if (closed) return
    reload().catch((error) =>
      log.error({ err: error }, 'the blocked numbers can not be read; the last known ones stay'),
    )
  }
  const unsubscribe = store.onChange((tables) => {
    if (tables.size === 0 || READ.some((table) => tables.has(table))) follow()
  })
  await reload()
  return {
    has(number, e164) {
      if (number === null) return false
      const caller = keyedNumber(number, country, e164)
      return caller.keys.some((key) => byKey.get(key)?.some((one) => shareKey(one, caller)))
    },
    add(number, written) {
      const one: Added = { number, isWritten: false }
      added.add(one)
      hold(number)
      void written.then(() => {
        one.isWritten = true
        follow()
      })
    },
    close() {
      closed = true
      unsubscribe()
    },
  }
}
