import { sql } from 'kysely'
import type { Database } from '../engine.ts'
import { searchText } from '../fold.ts'
import type { Message, MessageState } from '../model.ts'
import { prepare } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import type { MessageStore } from '../store.ts'
import { wordText } from '../words.ts'
import { called } from './callers.ts'
import { listMessages } from './list-messages.ts'
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message-row.ts'

/** How many rows `agedBefore` gives at a time. */
const AGED_BATCH = 200
/** How many rows `files` gives at a time. */
const FILES_BATCH = 1000

export function messageTable(database: Database): MessageStore {
  const { kysely, read, write } = database
  const select = kysely.selectFrom('messages').select(MESSAGE_COLUMNS)
  const insert = prepare<Omit<Schema['messages'], 'seq' | 'words'>, unknown>(
    [...MESSAGE_COLUMNS, 'stateSince', 'callerKey', 'callerEnding', 'search'],
    (blanks) =>
      kysely
        .insertInto('messages')
        .values(blanks)
        .onConflict((taken) => taken.column('id').doNothing()),
  )

  const get = async (id: string): Promise<Message | undefined> => {
    const [row] = await read(select.where('id', '=', id))
    return row && toMessage(row)
  }
  const update = kysely.updateTable('messages').returning(MESSAGE_COLUMNS)
  /** What changes a message's state, each with the messages that it fits. */
  const updates = {
    heard: (at: number) =>
      update
        .set(({ fn, ref, val }) => ({
          state: 'heard',
          heardAt: fn.coalesce(ref('heardAt'), val(at)),
          stateSince: at,
        }))
        .where('state', '=', 'new'),
    new: (at: number) =>
      update.set({ state: 'new', stateSince: at }).where('state', '=', 'heard').where('pickedUp', 'is', null),
    junk: (at: number) =>
      update.set({ state: 'junk', stateSince: at }).where('state', 'in', ['new', 'heard']),
    /** What was heard meanwhile is not new, nor is what was picked up. */
    'not-junk': (at: number) =>
      update
        .set({
          state: sql<MessageState>`case when "heardAt" is null and "pickedUp" is null then 'new' else 'heard' end`,
          stateSince: at,
          junkReason: null,
        })
        .where('state', '=', 'junk'),
    trash: (at: number) =>
      update
        .set(({ ref }) => ({
          state: 'trash',
          stateBeforeTrash: sql<'new' | 'heard' | 'junk'>`${ref('state')}`,
          trashedAt: at,
          stateSince: at,
        }))
        .where('state', '<>', 'trash'),
    restore: (at: number) =>
      update
        .set({
          state: sql<MessageState>`coalesce("stateBeforeTrash", 'heard')`,
          stateBeforeTrash: null,
          trashedAt: null,
          stateSince: at,
        })
        .where('state', '=', 'trash'),
  }
  const aged = (mailboxId: string, state: MessageState, at: number) =>
    kysely
      .selectFrom('messages')
      .where('mailboxId', '=', mailboxId)
      .where('state', '=', state)
      .where('stateSince', '<', at)
  /** The row after the update; where the update's condition left it alone, the row as it is. */
  const change = async (id: string, query: typeof update): Promise<Message | undefined> => {
    const { rows } = await write('messages', query.where('id', '=', id), 'essential')
    return rows[0] ? toMessage(rows[0]) : get(id)
  }

  return {
    async add(message, stateSince = message.trashedAt ?? message.heardAt ?? message.receivedAt) {
      const search = searchText(message.callerNumber, message.callerName, message.note)
      await write(
        'messages',
        insert({
          ...message,
          ...called(message.callerNumber, message.callerE164),
          cutOff: message.cutOff ? 1 : 0,
          stateSince,
          search,
        }),
        'essential',
      )
    },
    get,
    list: (query) => listMessages(database, query),
    async counts() {
      const counts = kysely
        .selectFrom('message_counts')
        .select(['mailboxId', 'state', 'count'])
        .where('count', '>', 0)
      return read(counts.orderBy('mailboxId').orderBy('state'))
    },
    async held() {
      const rows = await read(
        kysely
          .selectFrom('message_counts')
          .select(({ fn }) => ['mailboxId', fn.sum('count').as('messages'), fn.sum('ms').as('ms')])
          .where('state', 'in', ['new', 'heard'])
          .where('count', '>', 0)
          .groupBy('mailboxId')
          .orderBy('mailboxId'),
      )
      return rows.map(({ mailboxId, messages, ms }) => ({
        ...{ mailboxId, messages: Number(messages), ms: Number(ms) },
      }))
    },
    markHeard: (id, at) => change(id, updates.heard(at)),
    markNew: (id, at) => change(id, updates.new(at)),
    markJunk: (id, at) => change(id, updates.junk(at)),
    markNotJunk: (id, at) => change(id, updates['not-junk'](at)),
    keepPickedUp: (id) => change(id, update.set({ pickedUp: 'kept' }).where('pickedUp', '=', 'asked')),
    async setNote(id, note) {
      const message = await get(id)
      if (!message) return undefined
      const search = searchText(message.callerNumber, message.callerName, note)
      const [said] = await read(
        kysely.selectFrom('transcripts').select('text').where('messageId', '=', id).where('text', '<>', ''),
      )
      const words = said && wordText(message.callerName, note, said.text)
      return change(id, update.set({ note, search, ...(words !== undefined && { words }) }))
    },
    trash: (id, at) => change(id, updates.trash(at)),
    restore: (id, at) => change(id, updates.restore(at)),
    async changeAll(act, ids, at) {
      if (ids.length === 0) return []
      const query =
        act === 'purge'
          ? kysely
              .deleteFrom('messages')
              .where('id', 'in', ids)
              .where('state', '=', 'trash')
              .returning(MESSAGE_COLUMNS)
          : updates[act](at).where('id', 'in', ids)
      const { rows } = await write<MessageRow>('messages', query, 'essential')
      return rows.map(toMessage)
    },
    async agedBefore(mailboxId, state, at) {
      const rows = await read(
        aged(mailboxId, state, at)
          .select(MESSAGE_COLUMNS)
          .orderBy('stateSince')
          .orderBy('id')
          .limit(AGED_BATCH),
      )
      return rows.map(toMessage)
    },
    async countAgedBefore(mailboxId, state, at) {
      const [row] = await read(
        aged(mailboxId, state, at).select(({ fn }) => fn.countAll<number | string>().as('count')),
      )
      return Number(row?.count ?? 0)
    },
    files: (afterId) =>
      read(
        kysely
          .selectFrom('messages')
          .select(['id', 'file', 'receivedAt'])
          .where('id', '>', afterId)
          .orderBy('id')
          .limit(FILES_BATCH),
      ),
    async purge(id) {
      await write('messages', kysely.deleteFrom('messages').where('id', '=', id), 'essential')
    },
  }
}
