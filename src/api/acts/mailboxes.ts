import { AnswerphoneError } from '../../shared/errors.ts'
import { type Language, languageAt } from '../../shared/language.ts'
import type { Passwords } from '../../shared/passwords.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { Mailbox } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { MailboxChange, MailboxInput } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'
import { keepSchedule } from './schedule.ts'

/** What the API and the command line do to mailboxes, alike. */

type Mailboxes = Pick<Store, 'mailboxes' | 'greetings' | 'settings' | 'lines'>
export type MailboxTools = AuditTools & { readonly store: Mailboxes & Pick<Store, 'audit'> }

const DEFAULTS = { longestSeconds: 180, shortestSeconds: 1, silenceSeconds: 0, afterPickUp: 'keep' } as const

export async function addMailbox(tools: MailboxTools, input: MailboxInput): Promise<Mailbox> {
  const mailbox = await makeMailbox(tools.store, input)
  await note(tools, 'settings-changed', { detail: `mailbox ${mailbox.name}: added` })
  return mailbox
}

/** The same, as part of something that is written down itself; `country`: where its line is, if that is known. */
export async function makeMailbox(
  store: Mailboxes,
  input: MailboxInput,
  country?: string | null,
): Promise<Mailbox> {
  const { greeting, schedule, ...rest } = input
  const greetingId = (await greetingIdOf(store, greeting)) ?? null
  return store.mailboxes.add({
    ...DEFAULTS,
    language: input.language ?? (await usualLanguage(store, country)),
    ...defined(rest),
    name: input.name,
    greetingId,
    schedule: await keepSchedule(schedule ?? [], undefined, (name) => needGreetingId(store, name)),
  })
}

/** What is spoken where the line is, or the house; where nobody knows, in its other mailboxes. */
async function usualLanguage(store: Mailboxes, lineCountry: string | null | undefined): Promise<Language> {
  const country = lineCountry ?? (await readHouseCountry(store)).country
  const [other] = country === null ? await store.mailboxes.list() : []
  return other?.language ?? languageAt(country, Intl.DateTimeFormat().resolvedOptions().timeZone)
}

/** What the first mailbox by name speaks. */
export const firstLanguage = async (store: Pick<Store, 'mailboxes'>): Promise<Language> =>
  (await store.mailboxes.list())[0]?.language ?? 'en'

export async function changeMailbox(
  tools: MailboxTools & { readonly passwords: Pick<Passwords, 'hash'> },
  key: string,
  change: MailboxChange,
): Promise<Mailbox> {
  const { store, passwords } = tools
  const { greeting, schedule: entries, pin, ...rest } = change
  const before = await needMailbox(store, key)
  const greetingId = await greetingIdOf(store, greeting)
  const schedule = entries && (await keepSchedule(entries, before, (name) => needGreetingId(store, name)))
  const pinHash = pin ? await passwords.hash(pin) : pin
  const after = await store.mailboxes.set(before.id, {
    ...defined(rest),
    ...defined({ greetingId, schedule, pinHash }),
  })
  if (after.pinHash !== before.pinHash)
    await note(tools, 'pin-changed', {
      detail: `mailbox ${before.name}: ${after.pinHash === null ? 'taken back' : 'set'}`,
    })
  // The PIN has an act of its own.
  const settings = { before: { ...before, pinHash: null }, after: { ...after, pinHash: null } }
  await noteChange(tools, 'settings-changed', `mailbox ${before.name}`, settings)
  return after
}

/** Removes a mailbox that nothing needs. Rejects with AP_NOT_FOUND or AP_MAILBOX_IN_USE. */
export async function removeMailbox(tools: MailboxTools, key: string): Promise<void> {
  const { id, name } = await needMailbox(tools.store, key)
  await tools.store.mailboxes.remove(id)
  await note(tools, 'settings-changed', { detail: `mailbox ${name}: removed` })
}

export async function needMailbox(store: Pick<Store, 'mailboxes'>, key: string): Promise<Mailbox> {
  const mailbox = await store.mailboxes.get(key)
  if (!mailbox) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'mailbox', id: key })
  return mailbox
}

async function greetingIdOf(
  store: Mailboxes,
  key: string | null | undefined,
): Promise<string | null | undefined> {
  return key === null || key === undefined ? key : needGreetingId(store, key)
}

async function needGreetingId({ greetings }: Mailboxes, key: string): Promise<string> {
  const greeting = await greetings.get(key)
  if (!greeting) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'greeting', id: key })
  return greeting.id
}
