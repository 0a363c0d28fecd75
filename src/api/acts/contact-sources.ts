import type { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { ContactSource } from '../../store/contact-source.ts'
import type { Store } from '../../store/store.ts'
import type { contactSourceChange, contactSourceInput, contactSourceRemoval } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to where contacts come from, alike. */
export type SourceTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'contactSources' | 'contacts'>
}

const MOST_SOURCES = 10

/** Adds an account; it is read at once. Rejects with AP_NAME_TAKEN and AP_CONTACT_SOURCE_LIMIT. */
export async function addSource(
  tools: SourceTools,
  input: z.output<typeof contactSourceInput>,
): Promise<ContactSource> {
  const { store, clock } = tools
  if ((await store.contactSources.list()).length >= MOST_SOURCES)
    throw new AnswerphoneError('AP_CONTACT_SOURCE_LIMIT', { most: MOST_SOURCES })
  const now = clock.now()
  const source = await store.contactSources.add({ ...input, createdAt: now, nextAt: now })
  await note(tools, 'settings-changed', { detail: `contacts from ${source.name}: added` })
  return source
}

/** Changes one; it is read soon. Rejects with AP_NOT_FOUND, AP_NAME_TAKEN and AP_INPUT_INVALID. */
export async function changeSource(
  tools: SourceTools,
  key: string,
  change: z.output<typeof contactSourceChange>,
): Promise<ContactSource> {
  const { store } = tools
  const before = await findSource(store, key)
  const { url } = change
  // Whoever may see the list but not the password must not have it sent elsewhere.
  if (url !== undefined && change.password === undefined && isOther(url, before.url))
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: 'Give the password again: the one that is kept was for another server.',
    })
  const source = await store.contactSources.set(before.id, defined(change))
  await noteChange(tools, 'settings-changed', `contacts from ${before.name}`, {
    before: settingsOf(before),
    after: settingsOf(source),
  })
  return hurrySource(tools, source)
}

const isOther = (url: string, before: string) => URL.parse(url)?.origin !== URL.parse(before)?.origin

/** What can be set. */
const settingsOf = ({ name, url, user, password, books, intervalMinutes }: ContactSource) => ({
  ...{ name, url, user, password, books, intervalMinutes },
})

/** It is due now, unless it is being read. */
export async function hurrySource(
  { store, clock }: Pick<SourceTools, 'store' | 'clock'>,
  source: ContactSource,
): Promise<ContactSource> {
  if (isSyncing(source, clock.now())) return source
  return store.contactSources.set(source.id, { nextAt: clock.now() })
}

/** Whether somebody reads it; who died while reading has it no longer than his lease. */
export const isSyncing = ({ startedAt, nextAt }: ContactSource, now: number): boolean =>
  startedAt !== null && nextAt > now

/** Removes one, with its contacts or without. Rejects with AP_NOT_FOUND. */
export async function removeSource(
  tools: SourceTools,
  key: string,
  { contacts }: z.output<typeof contactSourceRemoval>,
): Promise<ContactSource> {
  const { store } = tools
  const source = await findSource(store, key)
  const cards = await store.contactSources.cards(source.id)
  // First the source: what reads it just now adds nothing more.
  await store.contactSources.remove(source.id)
  if (contacts === 'remove')
    for (const { contactId } of cards)
      if (contactId !== null && (await store.contacts.get(contactId))) await store.contacts.remove(contactId)
  await note(tools, 'settings-changed', {
    detail: `contacts from ${source.name}: removed${contacts === 'keep' ? ', its contacts kept' : ''}`,
  })
  return source
}

export async function findSource(
  { contactSources }: Pick<Store, 'contactSources'>,
  key: string,
): Promise<ContactSource> {
  const source = await contactSources.get(key)
  if (!source) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'account', id: key })
  return source
}
