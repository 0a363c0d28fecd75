import { isDeepStrictEqual } from 'node:util'
import { takeNotes } from '../../contacts/take-notes.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Contact } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { ContactChange, ContactInput } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'

/** What the API and the command line do to contacts, alike. */
export type ContactTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'contacts' | 'contactSources' | 'callerNotes' | 'settings' | 'lines'>
}

/** What was noted about its numbers before becomes part of its note. Rejects with AP_CONTACT_NUMBER_TAKEN, here and below. */
export async function addContact(
  tools: ContactTools,
  { name, numbers, note: about = '', favourite = false }: ContactInput,
): Promise<Contact> {
  const { store } = tools
  const added = await store.contacts.add({ name, numbers, note: about, favourite })
  const noted = await takeNotes(store, added)
  const contact = noted === added.note ? added : await store.contacts.set(added.id, { note: noted })
  await note(tools, 'contact-added', { detail: name })
  return contact
}

/** Rejects with AP_NOT_FOUND, here and below, and with AP_CONTACT_SYNCED for what an address book alone says. */
export async function changeContact(
  tools: ContactTools,
  id: string,
  change: ContactChange,
): Promise<Contact> {
  const { store } = tools
  const before = await store.contacts.get(id)
  const isOther =
    (change.name !== undefined && change.name !== before?.name) ||
    (change.numbers !== undefined && !isDeepStrictEqual(change.numbers, before?.numbers))
  if (before && isOther) await refuseSynced(store, before)
  const contact = await store.contacts.set(id, defined(change))
  await note(tools, 'contact-changed', { detail: contact.name })
  return contact
}

/** Rejects with AP_CONTACT_SYNCED: it would come back. */
export async function removeContact(tools: ContactTools, id: string): Promise<Contact> {
  const { store } = tools
  const before = await store.contacts.get(id)
  if (before) await refuseSynced(store, before)
  const contact = await store.contacts.remove(id)
  await note(tools, 'contact-removed', { detail: contact.name })
  return contact
}

async function refuseSynced(
  { contactSources }: Pick<Store, 'contactSources'>,
  { id, name }: Contact,
): Promise<void> {
  const source = (await contactSources.sourcesOf([id])).get(id)
  if (source) throw new AnswerphoneError('AP_CONTACT_SYNCED', { name, source: source.name })
}
