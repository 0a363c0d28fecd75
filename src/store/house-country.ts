import type { Store } from './store.ts'

const KEY = 'country'

/** Where the house is, and how that is known; null: nobody has said, and its lines do not agree. */
export interface HouseCountry {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string | null
  readonly from: 'setting' | 'lines' | null
}

/** In which country numbers without one are meant that belong to no line: those of contacts, and blocked ones. */
export async function readHouseCountry(store: Pick<Store, 'settings' | 'lines'>): Promise<HouseCountry> {
  const set = await store.settings.get(KEY)
  if (set !== null && set !== '') return { country: set, from: 'setting' }
  const [country, ...others] = new Set((await store.lines.list()).flatMap((line) => line.country ?? []))
  return country !== undefined && others.length === 0
    ? { country, from: 'lines' }
    : { country: null, from: null }
}

/** Null: it is taken from the lines again. */
export async function setHouseCountry(store: Pick<Store, 'settings'>, country: string | null): Promise<void> {
  await store.settings.set(KEY, country ?? '')
}
