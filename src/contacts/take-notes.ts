import { toE164 } from '../shared/telephone-number.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Contact } from '../store/model.ts'
import type { Store } from '../store/store.ts'

/**
 * The note of a contact that has just been made, with what was noted about its numbers before, while they were nobody's;
 * those notes are gone from there.
 */
export async function takeNotes(
  store: Pick<Store, 'callerNotes' | 'settings' | 'lines'>,
  { note, numbers }: Pick<Contact, 'note' | 'numbers'>,
): Promise<string> {
  const { country } = await readHouseCountry(store)
  const notes = note === '' ? [] : [note]
  for (const number of numbers) {
    const caller = { number, e164: toE164(number, { country, areaCode: null }) }
    const noted = await store.callerNotes.get(caller)
    if (!noted) continue
    if (!notes.includes(noted.note)) notes.push(noted.note)
    await store.callerNotes.set(caller, '')
  }
  return notes.join('\n')
}
