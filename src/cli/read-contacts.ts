import { type ContactOf, contactFinder } from '../machine/contact-finder.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { Store } from '../store/store.ts'

/** Whom the owner knows, as the database has it now. */
export async function readContacts(
  store: Pick<Store, 'contacts' | 'settings' | 'lines'>,
): Promise<ContactOf> {
  const [contacts, { country }] = await Promise.all([store.contacts.list(), readHouseCountry(store)])
  return contactFinder(contacts, country)
}
