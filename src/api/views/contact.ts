import type { Contact } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Contact as Shown } from '../contract.ts'

/** Contacts, and where they come from. */
export async function showContacts(
  { contactSources }: Pick<Store, 'contactSources'>,
  contacts: readonly Contact[],
): Promise<Shown[]> {
  const sources = await contactSources.sourcesOf(contacts.map(({ id }) => id))
  return contacts.map(({ numbers, ...contact }) => ({
    ...contact,
    numbers: [...numbers],
    source: sources.get(contact.id) ?? null,
  }))
}

export async function showContact(store: Pick<Store, 'contactSources'>, contact: Contact): Promise<Shown> {
  const [shown] = await showContacts(store, [contact])
  return shown ?? { ...contact, numbers: [...contact.numbers], source: null }
}
