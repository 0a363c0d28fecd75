import type { Message, MessagePage } from '../../../src/api/contract.ts'

/** The messages of one view as far as they were read, the newest first. All functions here are pure. */
export interface MessageList {
  readonly messages: readonly Message[]
  /** Where the next page begins; null when all are read. */
  readonly nextCursor: string | null
}

export const emptyList: MessageList = { messages: [], nextCursor: null }

/**
 * The list read anew. The message `kept`, which is open in front of the owner, stays where it was even when it no longer
 * belongs (it was new and has just been heard): nothing vanishes under the hand.
 */
export function replaceMessages(page: MessagePage, kept: Message | null): MessageList {
  const messages = [...page.messages]
  if (kept && !messages.some(({ id }) => id === kept.id)) {
    const below = messages.findIndex(({ receivedAt }) => receivedAt < kept.receivedAt)
    messages.splice(below < 0 ? messages.length : below, 0, kept)
  }
  return { messages, nextCursor: page.nextCursor }
}

/** The next page below. A message that moved down since is not listed twice. */
export function appendMessages(list: MessageList, page: MessagePage): MessageList {
  const known = new Set(list.messages.map(({ id }) => id))
  const fresh = page.messages.filter(({ id }) => !known.has(id))
  return { messages: [...list.messages, ...fresh], nextCursor: page.nextCursor }
}

export function changeInList(list: MessageList, id: string, change: Partial<Message>): MessageList {
  const messages = list.messages.map((message) => (message.id === id ? { ...message, ...change } : message))
  return { ...list, messages }
}

export function removeFromList(list: MessageList, id: string): MessageList {
  return { ...list, messages: list.messages.filter((message) => message.id !== id) }
}

/** The message `steps` below (negative: above) the one with this id, within the list; the first when there is none. */
export function neighbour(list: MessageList, id: string | null, steps: number): Message | undefined {
  const { messages } = list
  const from = messages.findIndex((message) => message.id === id)
  if (from < 0) return messages[0]
  return messages[Math.min(Math.max(from + steps, 0), messages.length - 1)]
}

/** The ids from one message to another, both included, whichever comes first; only the latter where the first is not listed. */
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
