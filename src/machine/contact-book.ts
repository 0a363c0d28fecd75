import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { newestRead } from '../shared/newest-read.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Store } from '../store/store.ts'
import { type ContactOf, contactFinder } from './contact-finder.ts'

/** Whom the owner knows, in memory: asked for each call that a phone rings for, and for each that is shown. */
export interface ContactBook {
  readonly contactOf: ContactOf
  isFavourite(contactId: string): boolean
  close(): void
}

/** Many contacts that are added one after another (a file is read in) are read again together. */
const GATHER_MS = 100
/** What `contactOf` depends on: lines may say in which country the house is. */
const READ = ['contacts', 'settings', 'lines']

/**
 * Rejects with AP_STORE_* when the store can't be read.
 *
 * @param onChange from now on `contactOf` may say something else
 */
export async function openContactBook(options: {
  readonly store: Pick<Store, 'contacts' | 'settings' | 'lines' | 'onChange'>
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}): Promise<ContactBook> {
  const { store, clock, log, onChange } = options
  let favourites = new Set<string>()
  let find = contactFinder([])
  let due: Timer | undefined
  const reload = newestRead(
    () => Promise.all([store.contacts.list(), readHouseCountry(store)]),
    ([contacts, { country }]) => {
      favourites = new Set(contacts.filter(({ favourite }) => favourite).map(({ id }) => id))
      find = contactFinder(contacts, country)
    },
  )

  const follow = async (): Promise<void> => {
    due = undefined
    try {
      await reload()
      onChange()
    } catch (error) {
      log.error({ err: error }, 'the contacts can not be read; the last known ones stay')
    }
  }
  const unsubscribe = store.onChange((tables) => {
    if (tables.size === 0 || READ.some((table) => tables.has(table)))
      due ??= clock.setTimer(GATHER_MS, () => void follow())
  })
  await reload()
  return {
    contactOf: (number, e164) => find(number, e164),
    isFavourite: (id) => favourites.has(id),
    close() {
      unsubscribe()
      due?.cancel()
    },
  }
}
