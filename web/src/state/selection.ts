import { computed, effect, signal } from '@preact/signals'
import type { Message } from '../../../src/api/contract.ts'
import { listMessages, type MessageQuery } from '../api/messages.ts'
import { neighboursBetween } from './message-list.ts'
import { LONGEST_PAGE, list, query } from './messages.ts'
import { reportFailure } from './report-failure.ts'

/** All messages of a list that is longer than what was read of it, but for some. */
export interface AllSelected {
  /** Which list; it ends with the newest that there was, so that nobody acts on what comes in meanwhile. */
  readonly query: MessageQuery
  /** How many there are; null where they are not counted. */
  readonly total: number | null
  readonly except: ReadonlySet<string>
}

/** Whether messages are being selected: each row is then a box to be ticked. */
export const selecting = signal(false)

/** Ids of those that are. They stay selected while the list is searched. */
export const selected = signal<ReadonlySet<string>>(new Set())

/** Instead of them, all; null: not so. */
export const allSelected = signal<AllSelected | null>(null)

/** How many are selected; null: all that were found, which are not counted. */
export const selectedCount = computed<number | null>(() => {
  const all = allSelected.value
  if (all === null) return selected.value.size
  return all.total === null ? null : all.total - all.except.size
})

export function isSelected({ id, receivedAt }: Message): boolean {
  const all = allSelected.value
  return all === null ? selected.value.has(id) : receivedAt < all.query.before && !all.except.has(id)
}

/** From where a range reaches: the one that was ticked last. */
let anchor: Message | null = null

// Another list has others: all of the one before is not meant any more.
effect(() => {
  void query.value
  if (allSelected.peek() !== null) stopSelecting()
})

export function startSelecting(): void {
  selecting.value = true
}

export function stopSelecting(): void {
  selecting.value = false
  selected.value = new Set()
  allSelected.value = null
  anchor = null
}

const listed = (id: string | null): Message | null =>
  list.value.messages.find((message) => message.id === id) ?? null

/** Ticks the message, or takes the tick away. */
export function toggleSelected(id: string): void {
  selecting.value = true
  anchor = listed(id)
  const all = allSelected.value
  if (all) allSelected.value = { ...all, except: toggled(all.except, id) }
  else selected.value = toggled(selected.value, id)
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Ticks all from the one ticked last, or from `start` where none was, to this one, however many lie between. */
export async function selectTo(id: string, start: string | null): Promise<void> {
  selecting.value = true
  const from = anchor ?? listed(start)
  const to = listed(id)
  anchor = to
  tick(neighboursBetween(list.value, from?.id ?? null, id))
  if (from === null || to === null || listed(from.id) !== null) return
  try {
    tick(await idsBetween(from.receivedAt, to.receivedAt))
  } catch (error) {
    reportFailure(error)
  }
}

function tick(ids: readonly string[]): void {
  const all = allSelected.value
  if (!selecting.value) return
  if (all) allSelected.value = { ...all, except: new Set([...all.except].filter((id) => !ids.includes(id))) }
  else selected.value = new Set([...selected.value, ...ids])
}

/** What of a range is not read is asked for; only the ids are kept. */
async function idsBetween(...ends: readonly [string, string]): Promise<readonly string[]> {
  const [from = '', newest = ''] = ends.toSorted()
  const within: MessageQuery = { ...query.value, from, before: after(newest) }
  const ids: string[] = []
  for (;;) {
    const { messages, nextCursor } = await listMessages(within, ids.length, LONGEST_PAGE)
    ids.push(...messages.map(({ id }) => id))
    if (nextCursor === null || messages.length === 0) return ids
  }
}

/** The instant after this one. */
const after = (iso: string) => new Date(Date.parse(iso) + 1).toISOString()

/** Ticks all of the list, also what is not in sight, and what was never read of it. */
export async function selectAll(): Promise<void> {
  selecting.value = true
  const { messages, from, more } = list.value
  if (from === 0 && !more) {
    tick(messages.map(({ id }) => id))
    return
  }
  const asked = query.value
  try {
    const page = await listMessages(asked, 0, 1)
    const [newest] = page.messages
    if (!selecting.value || query.value !== asked || !newest) return
    const all = { ...asked, before: after(newest.receivedAt) }
    allSelected.value = { query: all, total: page.total, except: new Set() }
  } catch (error) {
    reportFailure(error)
  }
}
