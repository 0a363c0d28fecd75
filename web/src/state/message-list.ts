import type { Message, MessagePage } from '../../../src/api/contract.ts'

/**
 * A view's messages, the newest first: a run without gaps around what is looked at, out of a list that may be far longer.
 * All functions here are pure.
 */
export interface MessageList {
  readonly messages: readonly Message[]
  /** The place of the first of them in the whole list. */
  readonly from: number
  /** How many there are in all; null where they are not counted. */
  readonly total: number | null
  /** Whether the list goes on below. */
  readonly more: boolean
  /** The message that stays in its place though it does not belong any more. */
  readonly kept: string | null
}

export const emptyList: MessageList = { messages: [], from: 0, total: 0, more: false, kept: null }

/** More than this is let go of at the other end: memory stays the same however far one scrolls. */
const LONGEST_RUN = 600

/** Where the run ends: the place after its last message. */
export const endOf = ({ from, messages }: MessageList): number => from + messages.length

/** How many places the list has, as far as that is known. */
export function countOf(list: MessageList): number {
  const end = endOf(list)
  if (!list.more) return end
  return Math.max(end + 1, list.total === null ? 0 : list.total + (list.kept === null ? 0 : 1))
}

export const messageAt = (list: MessageList, place: number): Message | undefined =>
  list.messages[place - list.from]

/** The message's place in the whole list; -1 when it is not in the run. */
export function placeOf({ messages, from }: MessageList, id: string | null): number {
  const place = messages.findIndex((message) => message.id === id)
  return place < 0 ? -1 : from + place
}

/**
 * The run read anew, from the place `from`. The message `kept`, which is open in front of the owner, stays where it was
 * even when it no longer belongs (it was new and has just been heard): nothing vanishes under the hand.
 */
export function replaceMessages(page: MessagePage, from: number, kept: Message | null): MessageList {
  const messages = [...page.messages]
  const isKept = kept !== null && !messages.some(({ id }) => id === kept.id)
  if (isKept) {
    const below = messages.findIndex(({ receivedAt }) => receivedAt < kept.receivedAt)
    messages.splice(below < 0 ? messages.length : below, 0, kept)
  }
  return { messages, from, total: page.total, more: page.nextCursor !== null, kept: isKept ? kept.id : null }
}

/** How many of the server's list lie above the end of the run: where to read on. */
export const skipBelow = (list: MessageList): number => endOf(list) - (list.kept === null ? 0 : 1)

/** The next page below. A message that moved down since is not listed twice. */
export function appendMessages(list: MessageList, page: MessagePage): MessageList {
  const fresh = without(list, page.messages)
  const messages = [...list.messages, ...fresh]
  const dropped = Math.max(0, messages.length - LONGEST_RUN)
  const more = page.nextCursor !== null && fresh.length > 0
  return cut({ ...list, messages, total: page.total, more }, dropped, messages.length)
}

/** The page above, which begins at the place `from`. A message that moved up since is not listed twice. */
export function prependMessages(list: MessageList, page: MessagePage, from: number): MessageList {
  const messages = [...without(list, page.messages), ...list.messages]
  return cut({ ...list, messages, from, total: page.total }, 0, LONGEST_RUN)
}

/** The run's part between two places within it. */
function cut(list: MessageList, start: number, end: number): MessageList {
  const messages = list.messages.slice(start, end)
  const more = list.more || end < list.messages.length
  const kept = messages.some(({ id }) => id === list.kept) ? list.kept : null
  // Above the run the kept one has no place: all that follow move up by one.
  const gone = kept === null && list.messages.slice(0, start).some(({ id }) => id === list.kept) ? 1 : 0
  return { ...list, messages, from: list.from + start - gone, more, kept }
}

function without({ messages }: MessageList, page: readonly Message[]): readonly Message[] {
  const known = new Set(messages.map(({ id }) => id))
  return page.filter(({ id }) => !known.has(id))
}

export function changeInList(list: MessageList, id: string, change: Partial<Message>): MessageList {
  const messages = list.messages.map((message) => (message.id === id ? { ...message, ...change } : message))
  return { ...list, messages }
}

export function removeFromList(list: MessageList, ids: ReadonlySet<string>): MessageList {
  const messages = list.messages.filter(({ id }) => !ids.has(id))
  const kept = list.kept !== null && ids.has(list.kept) ? null : list.kept
  const gone = list.messages.length - messages.length - (kept === list.kept ? 0 : 1)
  return { ...list, messages, kept, total: list.total === null ? null : list.total - gone }
}

/** By how many places what is at `place` has moved between two lists; 0 when it is in only one of them. */
export function shiftOf(before: MessageList, after: MessageList, place: number): number {
  const message = messageAt(before, place)
  const moved = message ? placeOf(after, message.id) : -1
  return moved < 0 ? 0 : moved - place
}

/** The message `steps` below (negative: above) the one with this id, within the run; undefined when that is not in it. */
export function neighbour(list: MessageList, id: string | null, steps: number): Message | undefined {
  const { messages } = list
  const from = messages.findIndex((message) => message.id === id)
  return from < 0 ? undefined : messages[Math.min(Math.max(from + steps, 0), messages.length - 1)]
}

/** The ids from one message to another, both included, whichever comes first; only the latter where the first is not in the run. */
export function neighboursBetween(
  { messages }: MessageList,
  from: string | null,
  to: string,
): readonly string[] {
  const place = (id: string | null) => messages.findIndex((message) => message.id === id)
  const [first, last] = [place(from), place(to)]
  if (first < 0 || last < 0) return [to]
  return messages.slice(Math.min(first, last), Math.max(first, last) + 1).map(({ id }) => id)
}

/** Where the owner's place goes when this message leaves the list: the next one, or the one before at the end. */
export function placeAfterRemoval(list: MessageList, id: string): string | null {
  const from = list.messages.findIndex((message) => message.id === id)
  return (list.messages[from + 1] ?? list.messages[from - 1])?.id ?? null
}
