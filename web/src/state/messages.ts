import { computed, signal } from '@preact/signals'
import type { Message, MessagePage } from '../../../src/api/contract.ts'
import { findMessage, listMailboxes, listMessages, type MessageQuery } from '../api/messages.ts'
import { appendMessages, emptyList, type MessageList, replaceMessages } from './message-list.ts'
import { reportFailure } from './report-failure.ts'

export const tabs = ['new', 'all', 'trash'] as const
export type Tab = (typeof tabs)[number]

const STATES: Readonly<Record<Tab, string>> = { new: 'new', all: 'new,heard', trash: 'trash' }
const PAGE = 50
const LONGEST_PAGE = 200

export const tab = signal<Tab>('all')
export const search = signal('')

/** What is listed; `read` is false until the first answer to this tab and search. */
export const list = signal<MessageList & { readonly read: boolean }>({ ...emptyList, read: false })

/** The message that lies open, with its player; null when none does. */
export const openId = signal<string | null>(null)

/** How many new messages the mailboxes hold; the lamp shows it. */
export const newCount = signal(0)

const query = computed<MessageQuery>(() => ({ state: STATES[tab.value], q: search.value.trim() }))

/** The question that `list` answers. */
let answered: MessageQuery | null = null
let latestRead = 0
let readingMore = false

/** Shows another tab or search: empty until its answer is there. */
export function showMessages(nextTab: Tab, nextSearch: string): void {
  if (nextTab !== tab.value) {
    openId.value = null
    list.value = { ...emptyList, read: false }
  }
  tab.value = nextTab
  search.value = nextSearch
  void refreshMessages()
}

/** Reads the list again, as far down as it had been read, and the lamp's count. */
export async function refreshMessages(): Promise<void> {
  latestRead += 1
  const turn = latestRead
  const asked = query.value
  try {
    const [page] = await Promise.all([readDownTo(asked, list.value.messages.length), refreshCount()])
    const kept = asked === answered ? await readOpenBesides(page) : null
    // Another tab or a longer search word overtook this answer.
    if (turn !== latestRead) return
    answered = asked
    list.value = { ...replaceMessages(page, kept), read: true }
  } catch (error) {
    if (turn === latestRead) reportFailure(error)
  }
}

/** The open message, as it is now, when it has left the list otherwise than into the trash or out of it. */
async function readOpenBesides({ messages }: MessagePage): Promise<Message | null> {
  const id = openId.value
  const isListed = (listed: readonly Message[]) => listed.some((message) => message.id === id)
  if (id === null || isListed(messages) || !isListed(list.value.messages)) return null
  const message = await findMessage(id)
  const hasMoved = (message?.state === 'trash') !== (tab.value === 'trash')
  return hasMoved ? null : message
}

async function readDownTo(asked: MessageQuery, count: number): Promise<MessagePage> {
  let page = await listMessages(asked, null, Math.min(Math.max(count, PAGE), LONGEST_PAGE))
  while (page.nextCursor !== null && page.messages.length < count) {
    const next = await listMessages(asked, page.nextCursor, LONGEST_PAGE)
    page = { messages: [...page.messages, ...next.messages], nextCursor: next.nextCursor }
  }
  return page
}

export async function readMoreMessages(): Promise<void> {
  const { nextCursor } = list.value
  if (readingMore || nextCursor === null) return
  readingMore = true
  const turn = latestRead
  try {
    const page = await listMessages(query.value, nextCursor, PAGE)
    if (turn === latestRead) list.value = { ...appendMessages(list.value, page), read: true }
  } catch (error) {
    reportFailure(error)
  } finally {
    readingMore = false
  }
}

async function refreshCount(): Promise<void> {
  const mailboxes = await listMailboxes()
  newCount.value = mailboxes.reduce((sum, { newMessages }) => sum + newMessages, 0)
}
