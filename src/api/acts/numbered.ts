import { toE164 } from '../../shared/telephone-number.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { Numbered } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'

/** A number that somebody asks for, read as they are written where the house is. */
export async function numberedIn(
  store: Pick<Store, 'settings' | 'lines'>,
  number: string | undefined,
): Promise<Numbered | undefined> {
  if (number === undefined) return undefined
  const { country } = await readHouseCountry(store)
  return { number, e164: toE164(number, { country, areaCode: null }) }
}
