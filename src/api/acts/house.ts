import { AnswerphoneError } from '../../shared/errors.ts'
import { isCountry } from '../../shared/telephone-number.ts'
import { type HouseCountry, readHouseCountry, setHouseCountry } from '../../store/house-country.ts'
import type { Store } from '../../store/store.ts'
import type { HouseChange } from '../contract.ts'

/** Where the house is; null: as its lines say. Rejects with AP_INPUT_INVALID. */
export async function changeHouse(
  store: Pick<Store, 'settings' | 'lines'>,
  { country }: HouseChange,
): Promise<HouseCountry> {
  await setHouseCountry(store, checkCountry(country))
  return readHouseCountry(store)
}

/** Two letters that are some country's. */
export function checkCountry(code: string | null): string | null {
  if (code === null || isCountry(code)) return code
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `country: "${code}" is no country with telephone numbers that are known here. Write it like DE, AT or US.`,
  })
}
