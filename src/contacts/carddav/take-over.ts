import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { SourcedCard } from '../../store/contact-source.ts'
import type { Contact } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { takeNotes } from '../take-notes.ts'
import type { AccountOutcome } from './account.ts'

export type TakeOverStore = Pick<Store, 'contacts' | 'contactSources' | 'callerNotes' | 'settings' | 'lines'>

/** How many contacts became others. */
export interface TakenOver {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

interface Due {
  /** As it was last taken over. */
  readonly before: SourcedCard | undefined
  readonly now: SourcedCard
}

/** Cards between pauses: calls are served on the same thread. */
const CARDS_AT_A_TIME = 10
const PAUSE_MS = 5

/**
 * Makes of what was read at a source contacts of ours. Name and numbers are as the card has them; which is a favourite,
 * and a note that was changed here, stay. A number that is another contact's already is left to it, and taken as soon as
 * it is free. A card that was moved is known by its uid, and stays the same contact.
 */
export async function takeOver(
  { store, clock }: { readonly store: TakeOverStore; readonly clock: Pick<Clock, 'setTimer'> },
  sourceId: string,
  { changed, gone }: Pick<Extract<AccountOutcome, { kind: 'read' }>, 'changed' | 'gone'>,
): Promise<TakenOver> {
  const done = { added: 0, changed: 0, removed: 0 }
  let steps = 0
  const breathe = async () => {
    steps += 1
    if (steps % CARDS_AT_A_TIME === 0) await new Promise<void>((resolve) => clock.setTimer(PAUSE_MS, resolve))
  }
  const cards = new Map((await store.contactSources.cards(sourceId)).map((card) => [card.href, card]))
  const leaving = new Set(gone.filter((href) => cards.has(href)))
  const moved = new Map(
    [...leaving].map((href) => cards.get(href)).flatMap((card) => (card?.uid ? [[card.uid, card]] : [])),
  )
  const due: Due[] = []
  for (const read of changed) {
    const before = cards.get(read.href) ?? moved.get(read.uid)
    if (before && before.href !== read.href) moved.delete(read.uid)
    const { contactId = null, leftOut = [] } = before ?? {}
    due.push({ before, now: { ...read, sourceId, contactId, leftOut } })
    cards.delete(read.href)
  }
  const kept = new Set(due.flatMap(({ before }) => before?.href ?? []))
  // What goes first may have the number of what comes.
  for (const href of leaving) {
    const contactId = kept.has(href) ? null : (cards.get(href)?.contactId ?? null)
    if (contactId !== null && (await removeContact(store, contactId))) done.removed += 1
    await store.contactSources.removeCard(sourceId, href)
    cards.delete(href)
    await breathe()
  }
  // What waits for a number that may be free now.
  for (const card of cards.values())
    if (card.leftOut.length > 0 || (card.contactId === null && card.card.numbers.length > 0))
      due.push({ before: card, now: card })
  const put = async ({ before, now }: Due): Promise<Due | undefined> => {
    const { outcome, ...is } = await putContact(store, before, now)
    const card = { ...now, ...is }
    await store.contactSources.putCard(card)
    if (outcome) done[outcome] += 1
    await breathe()
    return card.leftOut.length > 0 ? { before: card, now: card } : undefined
  }
  const again: Due[] = []
  for (const one of due) {
    const waits = await put(one)
    if (waits) again.push(waits)
  }
  // A number may have gone from one card to another before it.
  for (const one of again) await put(one)
  return done
}

interface Put {
  readonly contactId: string | null
  readonly leftOut: readonly string[]
  readonly outcome?: keyof TakenOver
}

async function putContact(
  store: TakeOverStore,
  before: SourcedCard | undefined,
  { card, contactId }: SourcedCard,
): Promise<Put> {
  const known = contactId === null ? undefined : await store.contacts.get(contactId)
  const leftOut: string[] = []
  let numbers = card.numbers
  while (numbers.length > 0)
    try {
      const { contact, outcome } = known
        ? await change(store, known, { ...card, numbers, noteBefore: before?.card.note })
        : await add(store, { ...card, numbers })
      return { contactId: contact.id, leftOut, ...(outcome && { outcome }) }
    } catch (error) {
      if (!(error instanceof AnswerphoneError && error.code === 'AP_CONTACT_NUMBER_TAKEN')) throw error
      const { number } = error.details
      const left = numbers.filter((each) => each !== number)
      if (left.length === numbers.length) throw error
      leftOut.push(String(number))
      numbers = left
    }
  if (known && (await removeContact(store, known.id))) return { contactId: null, leftOut, outcome: 'removed' }
  return { contactId: null, leftOut }
}

async function add(store: TakeOverStore, contact: Pick<Contact, 'name' | 'note' | 'numbers'>) {
  const added = await store.contacts.add(contact)
  const note = await takeNotes(store, added)
  return {
    contact: note === added.note ? added : await store.contacts.set(added.id, { note }),
    outcome: 'added',
  } as const
}

/** @param card `noteBefore`: the card's own note, as it was when it was last taken over */
async function change(
  store: TakeOverStore,
  known: Contact,
  {
    name,
    numbers,
    note,
    noteBefore,
  }: Pick<Contact, 'name' | 'note' | 'numbers'> & { noteBefore?: string | undefined },
) {
  const wanted = { name, numbers, note: known.note === noteBefore ? note : known.note }
  const isSame =
    known.name === name && known.note === wanted.note && `${known.numbers}` === `${wanted.numbers}`
  return isSame
    ? { contact: known, outcome: undefined }
    : ({ contact: await store.contacts.set(known.id, wanted), outcome: 'changed' } as const)
}

/** False: somebody has removed it already. */
async function removeContact({ contacts }: Pick<Store, 'contacts'>, id: string): Promise<boolean> {
  return contacts.remove(id).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AnswerphoneError && error.code === 'AP_NOT_FOUND') return false
      throw error
    },
  )
}
