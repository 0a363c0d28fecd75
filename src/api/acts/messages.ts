import { z } from 'zod'
import type { ContactOf } from '../../machine/contact-finder.ts'
import type { Mailboxes } from '../../mailbox/mailbox.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Message, MessageState } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type MessageBatch, type MessageListQuery, type MessagePage, messageState } from '../contract.ts'
import { showMessage } from '../views/message.ts'
import { readNames } from '../views/names.ts'
import { type AuditTools, note, noteAll } from './audit.ts'
import { defined } from './defined.ts'
import { needMailbox } from './mailboxes.ts'

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

const leftBy = ({ callerName, callerNumber }: Message) => callerName ?? callerNumber ?? ''

const AUDITED = { trash: 'deleted', restore: 'restored', purge: 'purged', heard: null, new: null } as const

/** Does it to many at once, and writes down each that it changed. Returns their ids. */
export async function changeMessages(
  tools: AuditTools & { readonly mailboxes: Pick<Mailboxes, 'changeAll'> },
  { act, ids }: MessageBatch,
): Promise<readonly string[]> {
  const changed = await tools.mailboxes.changeAll(act, ids)
  const audited = AUDITED[act]
  if (audited !== null)
    await noteAll(
      tools,
      audited,
      changed.map((message) => ({
        messageId: message.id,
        ...(act === 'purge' && { detail: leftBy(message) }),
      })),
    )
  return changed.map(({ id }) => id)
}

/** One page of messages, as the API and the command line list them. */
export async function findMessages(
  {
    store,
    mailboxes,
    contactOf,
  }: {
    readonly store: Pick<Store, 'lines' | 'mailboxes'>
    readonly mailboxes: Pick<Mailboxes, 'list'>
    readonly contactOf: ContactOf
  },
  query: MessageListQuery,
): Promise<MessagePage> {
  const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  const page = await mailboxes.list({
    limit: query.limit,
    ...defined({
      q: query.q,
      cursor: query.cursor,
      skip: query.skip,
      callerNumber: query.caller,
      states: query.state === undefined ? undefined : readStates(query.state),
      mailboxId: query.mailbox === undefined ? undefined : (await needMailbox(store, query.mailbox)).id,
      receivedFrom: instant(query.from),
      receivedBefore: instant(query.before),
    }),
  })
  const names = await readNames(store)
  const { nextCursor, total } = page
  return { messages: page.rows.map((row) => showMessage(row, names, contactOf)), nextCursor, total }
}

function readStates(text: string): readonly MessageState[] {
  const states = z.array(messageState).min(1).safeParse(text.split(','))
  if (states.success) return states.data
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `state: "${text}" is none of new, heard, trash, nor several of them with commas.`,
  })
}
