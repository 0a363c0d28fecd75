import type { Command } from 'commander'
import { findMessages } from '../api/acts/messages.ts'
import { type Message, messageListQuery } from '../api/contract.ts'
import { checkInput, toInstant } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import type { Data } from './data.ts'
import { readContacts } from './read-contacts.ts'

export interface MessageFilterFlags {
  readonly q?: string
  readonly mailbox?: string
  readonly caller?: string
  readonly state?: string
  readonly from?: string
  readonly before?: string
}

/** The flags that say which messages are meant. */
export const addMessageFilter = (command: Command): Command =>
  command
    .option('--q <TEXT>', "part of the caller's number or name, or of the note")
    .option('--mailbox <MAILBOX>', 'only this mailbox')
    .option('--caller <NUMBER>', 'only from this number')
    .option('--state <STATES>', 'new, heard, junk, trash, or several with commas (default new,heard)')
    .option('--from <TIME>', 'received at this local time or later: 2026-05-01 or 2026-05-01T18:30')
    .option('--before <TIME>', 'received before this local time')

/** These messages, the newest first, as the API shows them. */
export async function listMessages(
  data: Pick<Data, 'store' | 'mailboxes'>,
  { q, mailbox, caller, state, from, before }: MessageFilterFlags,
  most = Number.POSITIVE_INFINITY,
): Promise<Message[]> {
  const query = checkInput(messageListQuery, {
    ...{ q, mailbox, caller, state },
    from: toInstant('--from', from),
    before: toInstant('--before', before),
  })
  const contactOf = await readContacts(data.store)
  return collectPages(most, async (page) => {
    const { messages, nextCursor } = await findMessages({ ...data, contactOf }, { ...query, ...page })
    return { rows: messages, nextCursor }
  })
}
