import { type Card, readCards } from '../../contacts/vcard/read-cards.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { comparable, isSameNumber } from '../../shared/same-number.ts'
import { fold } from '../../store/fold.ts'
import type { Contact } from '../../store/model.ts'
import { type ContactImport, contactName, contactNumber, MOST_CONTACT_NUMBERS } from '../contract.ts'
import { note } from './audit.ts'
import type { ContactTools } from './contacts.ts'

type Problems = ContactImport['problems']

/** Cards between pauses: calls are served on the same thread. */
const CARDS_AT_A_TIME = 10
const PAUSE_MS = 5
const LONGEST_NOTE = 2000

/**
 * Takes the contacts of a vCard file in. Who is there under the same name already gets the numbers that are new; so the
 * same file twice changes nothing. What can't be taken in is told with its line, and loses nothing but itself.
 */
export async function importContacts(
  tools: ContactTools & { readonly clock: Pick<Clock, 'now' | 'setTimer'> },
  text: string,
): Promise<ContactImport> {
  const { store, clock } = tools
  const done = { added: 0, changed: 0, unchanged: 0, withoutNumber: 0 }
  const problems: Problems = []
  const known = new Map((await store.contacts.list()).map((contact) => [fold(contact.name), contact]))
  let cards = 0
  for (const card of readCards(text)) {
    if (card.kind === 'problem') {
      const { line, problem, text } = card
      problems.push({ line, problem, text })
      continue
    }
    const outcome = await takeIn(store, card, known, problems)
    if (outcome) done[outcome]++
    if (++cards % CARDS_AT_A_TIME === 0)
      await new Promise<void>((resolve) => clock.setTimer(PAUSE_MS, resolve))
  }
  if (done.added + done.changed > 0)
    await note(tools, 'contact-added', { detail: `vCard: ${done.added} + ${done.changed}` })
  return { ...done, problems }
}

async function takeIn(
  store: ContactTools['store'],
  card: Card,
  known: Map<string, Contact>,
  problems: Problems,
): Promise<'added' | 'changed' | 'unchanged' | 'withoutNumber' | undefined> {
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
    else if (contact?.numbers.some((has) => isSameNumber(comparable(has), comparable(number.data)))) continue
    else if ((contact?.numbers.length ?? 0) >= MOST_CONTACT_NUMBERS) bad('too-many-numbers')
    else
      try {
        const note = card.note.slice(0, LONGEST_NOTE)
        const numbers = [...(contact?.numbers ?? []), number.data]
        contact = contact
          ? await store.contacts.set(contact.id, { numbers })
          : await store.contacts.add({ name: name.data, note, numbers })
        outcome = outcome === 'unchanged' ? 'changed' : (outcome ?? 'added')
      } catch (error) {
        if (!(error instanceof AnswerphoneError && error.code === 'AP_CONTACT_NUMBER_TAKEN')) throw error
        bad('number-taken', error.message)
      }
  }
  if (contact) known.set(fold(name.data), contact)
  return outcome
}
