import { z } from 'zod'
import type { ContactOf } from '../../machine/contact-finder.ts'
import type { Mailboxes } from '../../mailbox/mailbox.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Message, MessageQuery, MessageState } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type MessageFilter, type MessageListQuery, type MessagePage, messageState } from '../contract.ts'
import { showMessage } from '../views/message.ts'
import { readNames } from '../views/names.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { needMailbox } from './mailboxes.ts'
import { numberedIn } from './numbered.ts'

type Tools = AuditTools & { readonly mailboxes: Pick<Mailboxes, 'get' | 'trash' | 'restore' | 'purge'> }

/** To the trash. What changes nothing is not written down, here and below. */
export async function trashMessage(tools: Tools, id: string): Promise<Message> {
  const { state } = await tools.mailboxes.get(id)
  const message = await tools.mailboxes.trash(id)
  if (state !== 'trash') await note(tools, 'deleted', { messageId: id })
  return message
}

export async function restoreMessage(tools: Tools, id: string): Promise<Message> {
  const { state } = await tools.mailboxes.get(id)
  const message = await tools.mailboxes.restore(id)
  if (state === 'trash') await note(tools, 'restored', { messageId: id })
  return message
}

/** Removes it for good; who called is what is left to say of it. */
export async function purgeMessage(tools: Tools, id: string): Promise<void> {
  const message = await tools.mailboxes.get(id)
  await tools.mailboxes.purge(id)
  await note(tools, 'purged', { messageId: id, detail: leftBy(message) })
}

export const leftBy = ({ callerName, callerNumber }: Message) => callerName ?? callerNumber ?? ''

/** One page of messages, as the API and the command line list them. */
export async function findMessages(
  {
    store,
    mailboxes,
    contactOf,
  }: {
    readonly store: Pick<Store, 'contacts' | 'lines' | 'mailboxes' | 'settings' | 'transcripts'>
    readonly mailboxes: Pick<Mailboxes, 'list'>
    readonly contactOf: ContactOf
  },
  query: MessageListQuery,
): Promise<MessagePage> {
  const page = await mailboxes.list({
    limit: query.limit,
    ...defined({ cursor: query.cursor, skip: query.skip }),
    ...(await readFilter(store, query)),
  })
  const names = await readNames(store)
  const { nextCursor, total, rows } = page
  const transcripts = await store.transcripts.ofMessages(rows.map(({ id }) => id))
  const messages = rows.map((row) => showMessage(row, names, contactOf, transcripts.get(row.id), query.q))
  return { messages, nextCursor, total }
}

/** What the list and a batch are asked for, as the store takes it. */
export async function readFilter(
  store: Pick<Store, 'contacts' | 'mailboxes' | 'lines' | 'settings'>,
  { q, caller, state, mailbox, from, before, changedAt }: MessageFilter,
): Promise<Omit<MessageQuery, 'limit'>> {
  const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  return defined({
    q,
    callers:
      caller === undefined
        ? undefined
        : await numberedIn(store, (await store.contacts.get(caller))?.numbers ?? [caller]),
    states: state === undefined ? undefined : readStates(state),
    mailboxId: mailbox === undefined ? undefined : (await needMailbox(store, mailbox)).id,
    receivedFrom: instant(from),
    receivedBefore: instant(before),
    changedAt: instant(changedAt),
  })
}

function readStates(text: string): readonly MessageState[] {
  const states = z.array(messageState).min(1).safeParse(text.split(','))
  if (states.success) return states.data
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `state: "${text}" is none of new, heard, junk, trash, nor several of them with commas.`,
  })
}
