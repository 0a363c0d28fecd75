import type {
  AudioFormat,
  Mailbox,
  Message,
  MessageBatch,
  MessageBatchDone,
  MessageChange,
  MessagePage,
} from '../../../src/api/contract.ts'
import { RequestError, request } from './request.ts'

/** What a list of messages is asked for. */
export interface MessageQuery {
  /** new, heard, trash, or several with commas. */
  readonly state: string
  /** Part of the number, the name or the note; empty for all. */
  readonly q: string
  /** Its name; empty for all. */
  readonly mailbox: string
  /** Received from this instant on, and before that one; empty: without end. */
  readonly from: string
  readonly before: string
}

/** The messages from the place `skip` on, the newest first; at most `limit` (1 to 200) of them. */
export function listMessages(query: MessageQuery, skip: number, limit: number): Promise<MessagePage> {
  const search = new URLSearchParams({ state: query.state, limit: String(limit) })
  for (const name of ['q', 'mailbox', 'from', 'before'] as const)
    if (query[name] !== '') search.set(name, query[name])
  if (skip > 0) search.set('skip', String(skip))
  return request<MessagePage>('GET', `/messages?${search}`)
}

/** The message, null when there is none any more. */
export const findMessage = (id: string): Promise<Message | null> =>
  request<Message>('GET', `/messages/${encodeURIComponent(id)}`).catch((error: unknown) => {
    if (error instanceof RequestError && error.status === 404) return null
    throw error
  })

export const changeMessage = (id: string, change: MessageChange) =>
  request<Message>('PATCH', `/messages/${encodeURIComponent(id)}`, change)

export const trashMessage = (id: string) => request<unknown>('DELETE', `/messages/${encodeURIComponent(id)}`)

/** Only from the trash; there is no way back. */
export const purgeMessage = (id: string) =>
  request<unknown>('DELETE', `/messages/${encodeURIComponent(id)}?forever=1`)

export const restoreMessage = (id: string) =>
  request<unknown>('POST', `/messages/${encodeURIComponent(id)}/restore`)

/** Does one thing to many messages, in one transaction. */
export const batchMessages = (batch: MessageBatch) =>
  request<MessageBatchDone>('POST', '/messages/batch', batch)

export const audioUrl = (id: string) => `/api/v1/messages/${encodeURIComponent(id)}/audio`

/** The recording to be saved, under a name that a person finds again. */
export const downloadUrl = (id: string, format: AudioFormat) => `${audioUrl(id)}?format=${format}&download=1`

export const listMailboxes = () => request<Mailbox[]>('GET', '/mailboxes')
