import { readCsv } from '../../contacts/csv/read-csv.ts'
import { type Card, readCards } from '../../contacts/vcard/read-cards.ts'
import type { Clock } from '../../shared/clock.ts'
import { areOne, compared } from '../../shared/compared-number.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { ContactStore } from '../../store/contact-store.ts'
import { fold } from '../../store/fold.ts'
import type { Contact } from '../../store/model.ts'
import { type ContactImport, contactName, contactNumber, MOST_CONTACT_NUMBERS } from '../contract.ts'
import { note } from './audit.ts'
import type { ContactTools } from './contacts.ts'
import { pretendContacts } from './pretend-contacts.ts'

type Problems = ContactImport['problems']
type Outcome = 'added' | 'changed' | 'unchanged' | 'withoutNumber'

/** A file of contacts, and what kind it is. */
export interface ContactFile {
  readonly kind: 'vcard' | 'csv'
  readonly text: string
}

/** Cards between pauses: calls are served on the same thread. */
const CARDS_AT_A_TIME = 10
const PAUSE_MS = 5
const LONGEST_NOTE = 2000
/** So many contacts are named in what came of a file. */
const MOST_NAMED = 500

/**
 * Takes the contacts of a file in. Who is there under the same name already gets the numbers that are new; so the
 * same file twice changes nothing. What can't be taken in is told with its line, and loses nothing but itself. Contacts
 * of an address book are left alone: they get no numbers here.
 *
 * @param dryRun tells what would come of it, and changes nothing
 */
export async function importContacts(
  tools: ContactTools & { readonly clock: Pick<Clock, 'now' | 'setTimer'> },
  { kind, text }: ContactFile,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ContactImport> {
  const { store, clock } = tools
  const done = { added: 0, changed: 0, unchanged: 0, withoutNumber: 0 }
  const problems: Problems = []
  const people: ContactImport['people'] = []
  let columns: ContactImport['columns'] = null
  const all = await store.contacts.list()
  const synced = await store.contactSources.sourcesOf(all.map(({ id }) => id))
  const contacts = dryRun ? pretendContacts(all) : store.contacts
  const known = new Map(
    all.filter(({ id }) => !synced.has(id)).map((contact) => [fold(contact.name), contact]),
  )
  let cards = 0
  for await (const card of kind === 'csv' ? readCsv(text) : readCards(text)) {
    if (card.kind === 'headings') columns = { used: [...card.used], unknown: [...card.unknown] }
    else if (card.kind === 'problem')
      problems.push({ line: card.line, problem: card.problem, text: card.text })
    else {
      const outcome = await takeIn(contacts, card, known, problems)
      if (outcome) done[outcome] += 1
      if ((outcome === 'added' || outcome === 'changed') && people.length < MOST_NAMED)
        people.push({ name: card.name, outcome })
      cards += 1
      if (cards % CARDS_AT_A_TIME === 0)
        await new Promise<void>((resolve) => clock.setTimer(PAUSE_MS, resolve))
    }
  }
  if (!dryRun && done.added + done.changed > 0)
    await note(tools, 'contact-added', {
      detail: `${kind === 'csv' ? 'CSV' : 'vCard'}: ${done.added} + ${done.changed}`,
    })
  return { ...done, dryRun, columns, people, problems }
}

async function takeIn(
  contacts: Pick<ContactStore, 'add' | 'set'>,
  card: Card,
  known: Map<string, Contact>,
  problems: Problems,
): Promise<Outcome | undefined> {
  if (card.numbers.length === 0) return 'withoutNumber'
  const name = contactName.safeParse(card.name)
  if (!name.success) {
    problems.push({ line: card.line, problem: 'name-unusable', text: card.name.slice(0, 60) })
    return undefined
  }
  let contact = known.get(fold(name.data))
  let outcome: 'added' | 'changed' | 'unchanged' | undefined = contact && 'unchanged'
  for (const { line, number: written } of card.numbers) {
    const number = contactNumber.safeParse(written)
    const bad = (problem: Problems[number]['problem'], text = written.slice(0, 64)) =>
      problems.push({ line, problem, text })
    if (!number.success) bad('number-unusable')
    else if (contact?.numbers.some((has) => areOne(compared(has), compared(number.data)))) continue
    else if ((contact?.numbers.length ?? 0) >= MOST_CONTACT_NUMBERS) bad('too-many-numbers')
    else
      try {
        const about = card.note.slice(0, LONGEST_NOTE)
        const numbers = [...(contact?.numbers ?? []), number.data]
        contact = contact
          ? await contacts.set(contact.id, { numbers })
          : await contacts.add({ name: name.data, note: about, numbers })
        outcome = outcome === 'unchanged' ? 'changed' : (outcome ?? 'added')
      } catch (error) {
        if (!(error instanceof AnswerphoneError && error.code === 'AP_CONTACT_NUMBER_TAKEN')) throw error
        bad('number-taken', error.message)
      }
  }
  if (contact) known.set(fold(name.data), contact)
  return outcome
}
