import type { ContactOf } from '../../machine/contact-finder.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keyedNumber, shareKey } from '../../shared/number-keys.ts'
import { writeNumber } from '../../shared/telephone-number.ts'
import { cutPage } from '../../store/cursor.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { Call, Contact, Message, MessageState, Numbered } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import {
  type CallerEntry,
  type CallerExport,
  type CallerHistory,
  type CallerHistoryQuery,
  type CallerProfile,
  contactNumber,
} from '../contract.ts'
import { showCallDetails, showPastCall } from '../views/call.ts'
import { showContact } from '../views/contact.ts'
import { iso } from '../views/instant.ts'
import { showMessage } from '../views/message.ts'
import { readNames } from '../views/names.ts'
import { type AuditTools, note } from './audit.ts'
import { changeContact } from './contacts.ts'
import { defined } from './defined.ts'
import { numberedIn } from './numbered.ts'

/** What tells of callers. */
export interface CallerTools {
  readonly store: Store
  readonly contactOf: ContactOf
}

interface Found {
  readonly contact: Contact | undefined
  readonly numbers: readonly Numbered[]
}

const SHOWN: readonly MessageState[] = ['new', 'heard', 'junk']

/** Who is meant: the contact of this id, or of this number, or the number itself. Rejects with AP_CALLER_UNKNOWN. */
async function find({ store, contactOf }: CallerTools, key: string): Promise<Found> {
  const byId = await store.contacts.get(key)
  if (byId) return { contact: byId, numbers: await numberedIn(store, byId.numbers) }
  const [asked] = await numberedIn(store, [key])
  const known = asked && contactOf(asked.number, asked.e164)
  const contact = known ? await store.contacts.get(known.id) : undefined
  if (contact) return { contact, numbers: await numberedIn(store, contact.numbers) }
  if (!asked || !contactNumber.safeParse(key).success) throw nobody(key)
  return { contact: undefined, numbers: [asked] }
}

const nobody = (key: string) => new AnswerphoneError('AP_CALLER_UNKNOWN', { id: key })

/** Rejects with AP_CALLER_UNKNOWN where nothing is known of the caller, here and below. */
export async function findCaller(tools: CallerTools, key: string): Promise<CallerProfile> {
  const { store } = tools
  const { contact, numbers: callers } = await find(tools, key)
  const caller = await describe(tools, { contact, numbers: callers })
  if (contact || caller.note !== '') return caller
  const states = [...SHOWN, 'trash'] as const
  const [calls, messages] = await Promise.all([
    store.calls.list({ callers, limit: 1 }),
    store.messages.list({ callers, states, limit: 1 }),
  ])
  if (calls.rows.length + messages.rows.length === 0) throw nobody(key)
  return caller
}

async function describe({ store }: CallerTools, { contact, numbers }: Found): Promise<CallerProfile> {
  const [{ country }, blocked, noted, { rows: calls }] = await Promise.all([
    readHouseCountry(store),
    store.blocked.list(),
    contact || !numbers[0] ? undefined : store.callerNotes.get(numbers[0]),
    store.calls.list({ callers: numbers, limit: 1 }),
  ])
  const rows = blocked.map(({ number }) => ({ number, ...keyedNumber(number, country) }))
  const shown = numbers.map((each) => {
    const keyed = keyedNumber(each.number, country, each.e164)
    return {
      ...each,
      display: writeNumber(each.number, each.e164, country),
      blockedAs: rows.find((row) => shareKey(row, keyed))?.number ?? null,
    }
  })
  const known = contact ? (contact.favourite ? 'favourite' : 'known') : 'unknown'
  return {
    key: contact?.id ?? numbers[0]?.e164 ?? numbers[0]?.number ?? '',
    contact: contact ? await showContact(store, contact) : null,
    name: contact?.name ?? calls[0]?.callerName ?? null,
    numbers: shown,
    class: shown.some((each) => each.blockedAs !== null) ? 'blocked' : known,
    note: contact?.note ?? noted?.note ?? '',
  }
}

/** Writes a note on a caller: into the contact, or for the number. */
export async function noteCaller(
  tools: CallerTools & AuditTools,
  key: string,
  text: string,
): Promise<CallerProfile> {
  const found = await find(tools, key)
  const { contact, numbers } = found
  if (contact) await changeContact(tools, contact.id, { note: text })
  else if (numbers[0]) {
    await tools.store.callerNotes.set(numbers[0], text)
    await note(tools, 'contact-changed', { detail: numbers[0].e164 ?? numbers[0].number })
  }
  return describe(tools, contact ? { ...found, contact: { ...contact, note: text } } : found)
}

/** One page of a caller's calls and messages, the newest first. */
export async function readHistory(
  tools: CallerTools,
  key: string,
  { q, cursor, limit }: CallerHistoryQuery,
): Promise<CallerHistory> {
  const { store, contactOf } = tools
  const { numbers: callers } = await find(tools, key)
  // Both lists are in order of time and id, so that one cursor is a place in each.
  const query = { callers, limit: limit + 1, ...defined({ q, cursor }) }
  const [calls, messages, names] = await Promise.all([
    store.calls.list(query),
    store.messages.list({ ...query, states: SHOWN }),
    readNames(store),
  ])
  const both: ({ readonly call: Call } | { readonly message: Message })[] = [
    ...calls.rows.map((call) => ({ call })),
    ...messages.rows.map((message) => ({ message })),
  ]
  const { rows, nextCursor } = cutPage(both.toSorted(byPlace), limit, placeOf)
  const transcripts = await store.transcripts.ofMessages(
    rows.flatMap((row) => ('message' in row ? row.message.id : [])),
  )
  const entries = rows.flatMap((row): CallerEntry[] => {
    if ('message' in row) {
      const transcript = transcripts.get(row.message.id)
      return [{ kind: 'message', message: showMessage(row.message, names, contactOf, transcript, q) }]
    }
    if (row.call.endedAt === null) return []
    return [{ kind: 'call', call: showPastCall(row.call, names, contactOf) }]
  })
  return { entries, nextCursor }
}

type Row = { readonly call: Call } | { readonly message: Message }
const placeOf = (row: Row) =>
  'call' in row
    ? { at: row.call.arrivedAt, id: row.call.id }
    : { at: row.message.receivedAt, id: row.message.id }

function byPlace(one: Row, other: Row): number {
  const [a, b] = [placeOf(one), placeOf(other)]
  return b.at - a.at || (a.id < b.id ? 1 : -1)
}

const PAGE = 200

/** All that is kept of a caller but the sound of the messages: for the caller who asks, or for whoever moves on. */
export async function exportCaller(tools: CallerTools & AuditTools, key: string): Promise<CallerExport> {
  const { store, contactOf, clock } = tools
  const caller = await findCaller(tools, key)
  const callers: readonly Numbered[] = caller.numbers
  const names = await readNames(store)
  const calls: CallerExport['calls'] = []
  const messages: CallerExport['messages'] = []
  let cursor: string | null | undefined
  do {
    const page = await store.calls.list({ callers, limit: PAGE, ...(cursor && { cursor }) })
    for (const { id } of page.rows) {
      const call = await store.calls.get(id)
      if (call) calls.push(showCallDetails(call, names, contactOf))
    }
    cursor = page.nextCursor
  } while (cursor)
  do {
    const states = [...SHOWN, 'trash'] as const
    const page = await store.messages.list({ callers, states, limit: PAGE, ...(cursor && { cursor }) })
    const transcripts = await store.transcripts.ofMessages(page.rows.map(({ id }) => id))
    messages.push(...page.rows.map((row) => showMessage(row, names, contactOf, transcripts.get(row.id))))
    cursor = page.nextCursor
  } while (cursor)
  await note(tools, 'caller-exported', { detail: caller.name ?? caller.key })
  return { exportedAt: iso(clock.now()), caller, calls, messages }
}
