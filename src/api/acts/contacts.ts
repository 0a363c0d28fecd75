import type { Contact } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { ContactChange, ContactInput } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'

/** What the API and the command line do to contacts, alike. */
export type ContactTools = AuditTools & { readonly store: Pick<Store, 'audit' | 'contacts'> }

/** Rejects with AP_CONTACT_NUMBER_TAKEN, here and below. */
export async function addContact(
  tools: ContactTools,
  { name, numbers, note: about = '', favourite = false }: ContactInput,
): Promise<Contact> {
  const contact = await tools.store.contacts.add({ name, numbers, note: about, favourite })
  await note(tools, 'contact-added', { detail: name })
  return contact
}

/** Rejects with AP_NOT_FOUND, here and below. */
export async function changeContact(
  tools: ContactTools,
  id: string,
  change: ContactChange,
): Promise<Contact> {
  const contact = await tools.store.contacts.set(id, defined(change))
  await note(tools, 'contact-changed', { detail: contact.name })
  return contact
}

export async function removeContact(tools: ContactTools, id: string): Promise<Contact> {
  const contact = await tools.store.contacts.remove(id)
  await note(tools, 'contact-removed', { detail: contact.name })
  return contact
}
