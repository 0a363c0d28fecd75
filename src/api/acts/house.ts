import { AnswerphoneError } from '../../shared/errors.ts'
import { isCountry } from '../../shared/telephone-number.ts'
import { type HouseCountry, readHouseCountry, setHouseCountry } from '../../store/house-country.ts'
import type { Store } from '../../store/store.ts'
import type { HouseChange } from '../contract.ts'
import type { AuditTools } from './audit.ts'
import { noteChange } from './note-change.ts'

/** Where the house is; null: as its lines say. Rejects with AP_INPUT_INVALID. */
export async function changeHouse(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'settings' | 'lines'> },
  { country }: HouseChange,
): Promise<HouseCountry> {
  const { store } = tools
  const before = await readHouseCountry(store)
  await setHouseCountry(store, checkCountry(country))
  const after = await readHouseCountry(store)
  await noteChange(tools, 'settings-changed', 'house', { before: said(before), after: said(after) })
  return after
}

/** What somebody has said himself. */
const said = ({ country, from }: HouseCountry) => ({ country: from === 'setting' ? country : null })

/** Two letters that are some country's. */
export function checkCountry(code: string | null): string | null {
  if (code === null || isCountry(code)) return code
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `country: "${code}" is no country with telephone numbers that are known here. Write it like DE, AT or US.`,
  })
}
