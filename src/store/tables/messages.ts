import { sql } from 'kysely'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import { needleOf, searchText } from '../fold.ts'
import type { Message, MessageQuery, MessageState } from '../model.ts'
import { prepare } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import type { MessageStore } from '../store.ts'
import { columnsFor } from './columns-for.ts'

const COLUMNS = [
  'id',
  'callId',
  'mailboxId',
  'lineId',
  'callerNumber',
  'callerName',
  'receivedAt',
  'durationMs',
  'state',
  'stateBeforeTrash',
  'trashedAt',
  'heardAt',
  'cutOff',
  'file',
  'note',
  'pickedUp',
  'kind',
] as const satisfies readonly (keyof Message)[]

/** How many rows `trashedBefore` gives at a time. */
const PURGE_BATCH = 500
/** How many rows `files` gives at a time. */
const FILES_BATCH = 1000

type Row = Pick<Schema['messages'], (typeof COLUMNS)[number]>

export function messageTable(database: Database): MessageStore {
  const { kysely, read, write } = database
  const select = kysely.selectFrom('messages').select(COLUMNS)
  const insert = prepare<Omit<Schema['messages'], 'seq'>, unknown>([...COLUMNS, 'search'], (blanks) =>
    kysely
      .insertInto('messages')
      .values(blanks)
      .onConflict((taken) => taken.column('id').doNothing()),
  )

  const get = async (id: string): Promise<Message | undefined> => {
    const [row] = await read(select.where('id', '=', id))
    return row && toMessage(row)
  }
  const update = kysely.updateTable('messages').returning(COLUMNS)
  /** What changes a message's state, each with the messages that it fits. */
  const updates = {
    heard: (at: number) =>
      update
        .set(({ fn, ref, val }) => ({ state: 'heard', heardAt: fn.coalesce(ref('heardAt'), val(at)) }))
        .where('state', '=', 'new'),
    new: () => update.set({ state: 'new' }).where('state', '=', 'heard').where('pickedUp', 'is', null),
    trash: (at: number) =>
      update
        .set(({ ref }) => ({
          state: 'trash',
          stateBeforeTrash: sql<'new' | 'heard'>`${ref('state')}`,
          trashedAt: at,
        }))
        .where('state', '<>', 'trash'),
    restore: () =>
      update
        .set({
          state: sql<MessageState>`coalesce("stateBeforeTrash", 'heard')`,
          stateBeforeTrash: null,
          trashedAt: null,
        })
        .where('state', '=', 'trash'),
  }
  /** The row after the update; where the update's condition left it alone, the row as it is. */
  const change = async (id: string, query: typeof update): Promise<Message | undefined> => {
    const { rows } = await write('messages', query.where('id', '=', id), 'essential')
    return rows[0] ? toMessage(rows[0]) : get(id)
  }

  return {
    async add(message) {
      const search = searchText(message.callerNumber, message.callerName, message.note)
      await write('messages', insert({ ...message, cutOff: message.cutOff ? 1 : 0, search }), 'essential')
    },
    get,
    list: (query) => listMessages(database, query),
    async counts() {
      const counts = kysely.selectFrom('message_counts').selectAll().where('count', '>', 0)
      return read(counts.orderBy('mailboxId').orderBy('state'))
    },
    markHeard: (id, at) => change(id, updates.heard(at)),
    markNew: (id) => change(id, updates.new()),
    keepPickedUp: (id) => change(id, update.set({ pickedUp: 'kept' }).where('pickedUp', '=', 'asked')),
    async setNote(id, note) {
      const message = await get(id)
      if (!message) return undefined
      const search = searchText(message.callerNumber, message.callerName, note)
      return change(id, update.set({ note, search }))
    },
    trash: (id, at) => change(id, updates.trash(at)),
    restore: (id) => change(id, updates.restore()),
    async changeAll(act, ids, at) {
      if (ids.length === 0) return []
      const query =
        act === 'purge'
          ? kysely
              .deleteFrom('messages')
              .where('id', 'in', ids)
              .where('state', '=', 'trash')
              .returning(COLUMNS)
          : updates[act](at).where('id', 'in', ids)
      const { rows } = await write<Row>('messages', query, 'essential')
      return rows.map(toMessage)
    },
    async trashedBefore(at) {
      const rows = await read(
        select
          .where('state', '=', 'trash')
          .where('trashedAt', '<', at)
          .orderBy('trashedAt')
          .orderBy('id')
          .limit(PURGE_BATCH),
      )
      return rows.map(toMessage)
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

/**
 * One page, newest first. Each state is one range of an index that is already in order, so a page costs its rows and
 * no more, however many messages there are; the ranges are merged by the outer order.
 */
async function listMessages(database: Database, query: MessageQuery): Promise<CountedPage> {
  const size = clampLimit(query.limit)
  const states = [...new Set<MessageState>(query.states ?? ['new', 'heard'])]
  const needle = needleOf(query.q ?? '')
  const found = needle !== '' ? await database.containing('messages', needle) : undefined
  const total = await countMessages(database, query, states)
  const ranges = (place: Place | undefined) => mergedRanges(database, query, states, { place, found })

  let place = query.cursor === undefined ? undefined : readCursor(query.cursor)
  if (query.skip) {
    const last = await skipTo(database, ranges(place), query.skip, place ? null : total)
    if (!last) return { rows: [], nextCursor: null, total }
    place = last
  }
  const merged = ranges(place)?.(COLUMNS, 'desc', size + 1)
  const page = cutPage(merged ? (await database.read(merged)).map(toMessage) : [], size, placeOf)
  return { ...page, total }
}

const placeOf = ({ receivedAt, id }: Pick<Message, 'receivedAt' | 'id'>) => ({ at: receivedAt, id })
