import { toE164 } from '../../shared/telephone-number.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { Numbered } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'

/** Numbers that somebody asks for, read as they are written where the house is. */
export async function numberedIn(
  store: Pick<Store, 'settings' | 'lines'>,
  numbers: readonly string[],
): Promise<Numbered[]> {
  const { country } = await readHouseCountry(store)
  return numbers.map((number) => ({ number, e164: toE164(number, { country, areaCode: null }) }))
}
