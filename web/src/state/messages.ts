import { computed, signal } from '@preact/signals'
import type { Message, MessagePage } from '../../../src/api/contract.ts'
import { findMessage, listMailboxes, listMessages, type MessageQuery } from '../api/messages.ts'
import {
  appendMessages,
  emptyList,
  endOf,
  type MessageList,
  messageAt,
  prependMessages,
  replaceMessages,
  skipBelow,
} from './message-list.ts'
import { dayField, type Period, type Span, spanOf } from './period.ts'
import { reportFailure } from './report-failure.ts'

export const tabs = ['new', 'all', 'junk', 'trash'] as const
export type Tab = (typeof tabs)[number]

const STATES: Readonly<Record<Tab, string>> = {
  new: 'new',
  all: 'new,heard',
  junk: 'junk',
  trash: 'trash',
}
/** The most that one request gives. */
export const LONGEST_PAGE = 200
const PAGE = 100
/** How many messages are read beyond what is seen. */
const MARGIN = 50

export const tab = signal<Tab>('all')
export const search = signal('')
/** The mailbox whose messages are listed; empty: all. */
export const mailbox = signal('')

/** From when messages are listed. */
export const period = signal<Period>('any')
/** The day of the period `day`. */
export const day = signal(dayField(new Date()))
/** What the period was when it was chosen: that stands as long as it is looked at. */
const span = signal<Span>(spanOf('any', new Date()))

/** The names of all mailboxes. */
export const mailboxNames = signal<readonly string[]>([])

/** What is listed; `read` is false until the first answer to this tab and search. */
export const list = signal<MessageList & { readonly read: boolean }>({ ...emptyList, read: false })

/** The message that lies open, with its player; null when none does. */
export const openId = signal<string | null>(null)

/** The message whose row is to get the focus as soon as it is there; null: none. */
export const wantedId = signal<string | null>(null)

/** How many new messages the mailboxes hold; the lamp shows it. */
export const newCount = signal(0)

export const query = computed<MessageQuery>(() => ({
  state: STATES[tab.value],
  q: search.value.trim(),
  mailbox: mailbox.value,
  ...span.value,
}))

/** Whoever logs in next finds nothing of who was here. */
export function forgetMessages(): void {
  latestRead += 1
  list.value = { ...emptyList, read: false }
  openId.value = null
  newCount.value = 0
}

/** The question that `list` answers. */
let answered: MessageQuery | null = null
let latestRead = 0
let readingOn = false
/** The places that are seen now. */
let seen = { first: 0, last: 0 }

/** The message at the top of what is seen. */
export const firstSeen = (): Message | undefined =>
  messageAt(list.value, seen.first) ?? list.value.messages[0]

/** Shows another tab, search or mailbox: empty until its answer is there. */
export function showMessages(nextTab: Tab, nextSearch: string, nextMailbox = mailbox.value): void {
  if (nextTab !== tab.value || nextMailbox !== mailbox.value) {
    openId.value = null
    list.value = { ...emptyList, read: false }
  }
  tab.value = nextTab
  search.value = nextSearch
  mailbox.value = nextMailbox
  void refreshMessages()
}

/** Lists the messages of another time. */
export function showPeriod(next: Period, nextDay = day.value): void {
  openId.value = null
  list.value = { ...emptyList, read: false }
  period.value = next
  day.value = nextDay
  span.value = spanOf(next, new Date(), nextDay)
  void refreshMessages()
}

/** Lists all of a tab, whatever was searched for. */
export function showAll(nextTab: Tab): void {
  period.value = 'any'
  span.value = spanOf('any', new Date())
  showMessages(nextTab, '', '')
}

/** Reads what is seen of the list again, and the lamp's count. */
export async function refreshMessages(): Promise<void> {
  latestRead += 1
  const turn = latestRead
  const asked = query.value
  const isSame = asked === answered
  const from = isSame ? Math.max(0, seen.first - MARGIN) : 0
  try {
    const [page] = await Promise.all([readAround(asked, from), refreshCount()])
    const kept = isSame ? await readOpenBesides(page) : null
    // Another tab or a longer search word overtook this answer.
    if (turn !== latestRead) return
    answered = asked
    list.value = { ...replaceMessages(page, page.from, kept), read: true }
  } catch (error) {
    if (turn === latestRead) reportFailure(error)
  }
}

/** A page from this place on; from the list's end, where the list ends before it. */
async function readAround(asked: MessageQuery, from: number): Promise<MessagePage & { from: number }> {
  const page = await listMessages(asked, from, LONGEST_PAGE)
  if (page.messages.length > 0 || from === 0) return { ...page, from }
  return readAround(asked, Math.max(0, Math.min(from, page.total ?? 0) - LONGEST_PAGE))
}

/** The open message, as it is now, when it has left the list otherwise than into the trash or out of it. */
async function readOpenBesides({ messages }: MessagePage): Promise<Message | null> {
  const id = openId.value
  const isListed = (listed: readonly Message[]) => listed.some((message) => message.id === id)
  if (id === null || isListed(messages) || !isListed(list.value.messages)) return null
  const message = await findMessage(id)
  const hasMoved = shelfOf(message?.state ?? 'all') !== shelfOf(tab.value)
  return hasMoved ? null : message
}

/** Trash and junk lie apart from all others. */
const shelfOf = (state: string) => (state === 'trash' || state === 'junk' ? state : 'all')

/** Says which places of the list are seen, so that what is not read of them is. */
export async function lookAt(first: number, last: number): Promise<void> {
  seen = { first, last }
  if (readingOn) return
  readingOn = true
  try {
    for (let read = missing(list.value); read; read = missing(list.value)) {
      const turn = latestRead
      const page = await read()
      // What is read anew meanwhile is another run.
      if (turn === latestRead) list.value = { ...page(list.value), read: true }
    }
  } catch (error) {
    reportFailure(error)
  } finally {
    readingOn = false
  }
}

/** How to read what is seen, or nearly, and is not in the run, and where to put it; undefined when nothing is missing. */
function missing(run: typeof list.value): (() => Promise<(run: MessageList) => MessageList>) | undefined {
  if (!run.read) return undefined
  const { first, last } = seen
  const end = endOf(run)
  if ((run.more && first > end + MARGIN) || last < run.from - MARGIN)
    return async () => {
      const page = await readAround(query.value, Math.max(0, first - MARGIN))
      return () => replaceMessages(page, page.from, null)
    }
  if (run.more && last >= end - MARGIN)
    return async () => {
      const page = await listMessages(query.value, skipBelow(run), PAGE)
      return (now) => appendMessages(now, page)
    }
  if (run.from > 0 && first < run.from + MARGIN)
    return async () => {
      const from = Math.max(0, run.from - PAGE)
      const page = await listMessages(query.value, from, run.from - from)
      return (now) => prependMessages(now, page, from)
    }
  return undefined
}

async function refreshCount(): Promise<void> {
  const mailboxes = await listMailboxes()
  mailboxNames.value = mailboxes.map(({ name }) => name)
  newCount.value = mailboxes.reduce((sum, { newMessages }) => sum + newMessages, 0)
}
