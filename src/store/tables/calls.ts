import { sql } from 'kysely'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import { needleOf, searchText } from '../fold.ts'
import type { Call } from '../model.ts'
import { prepare } from '../prepared.ts'
import type { CallStore } from '../store.ts'
import { type Called, called, isCaller, orContact } from './callers.ts'
import { columnsFor } from './columns-for.ts'

const COLUMNS = [
  'id',
  'lineId',
  'callerNumber',
  'callerName',
  'arrivedAt',
  'answeredAt',
  'endedAt',
  'outcome',
  'messageId',
] as const satisfies readonly (keyof Call)[]

/** How many rows `removeBefore` removes at a time. */
const FORGET_BATCH = 500

type End = Parameters<CallStore['end']>[1] & { readonly id: string }

export function callTable(database: Database): CallStore {
  const { kysely, read, write, containing } = database
  const select = kysely.selectFrom('calls').select(COLUMNS)
  const insert = prepare<Call & Called & { search: string }, unknown>(
    [...COLUMNS, 'callerKey', 'callerEnding', 'search'],
    (blanks) => kysely.insertInto('calls').values(blanks),
  )
  const finish = prepare<End, unknown>(
    ['id', 'answeredAt', 'endedAt', 'outcome', 'messageId'],
    ({ id, ...end }) => kysely.updateTable('calls').set(end).where('id', '=', id),
  )

  return {
    async add(call) {
      const search = searchText(call.callerNumber, call.callerName)
      await write('calls', insert({ ...call, ...called(call.callerNumber), search }), 'essential')
    },
    async end(id, end) {
      await write('calls', finish({ id, ...end }), 'essential')
    },
    async get(id) {
      const [row] = await read(select.where('id', '=', id))
      return row
    },
    async list({ q, lineId, callerNumber, cursor, limit }) {
      const size = clampLimit(limit)
      const needle = needleOf(q ?? '')
      const found = needle !== '' ? await containing('calls', needle) : undefined
      const column = columnsFor(found)
      let query = select
        .orderBy(column('arrivedAt'), 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
      if (lineId !== undefined) query = query.where(column('lineId'), '=', lineId)
      if (callerNumber !== undefined) query = query.where(isCaller(callerNumber, column))
      if (found) query = query.where(await orContact(database, found.condition, needle))
      if (cursor !== undefined) {
        const { at, id } = readCursor(cursor)
        query = query.where(sql<boolean>`("arrivedAt", "id") < (${at}, ${id})`)
      }
      return cutPage(await read(query), size, (call) => ({ at: call.arrivedAt, id: call.id }))
    },
    async endAbandoned(at) {
      // A call that was picked up may have left two: the message, and then the conversation.
      const left = (column: string) =>
        sql<string>`(select ${sql.ref(column)} from "messages" where "messages"."callId" = "calls"."id"
          order by "kind" desc, "id" limit 1)`
      const ended = await write(
        'calls',
        kysely
          .updateTable('calls')
          .set({
            endedAt: at,
            messageId: left('messages.id'),
            outcome: sql`case
              when ${left('messages.id')} is null then 'interrupted'
              when ${left('messages.pickedUp')} is null then 'message'
              else 'picked-up' end`,
          })
          .where('endedAt', 'is', null),
        'essential',
      )
      return Number(ended.numAffectedRows ?? 0n)
    },
    async oldestAt() {
      const [row] = await read(kysely.selectFrom('calls').select('arrivedAt').orderBy('arrivedAt').limit(1))
      return row?.arrivedAt
    },
    async removeBefore(at) {
      const old = kysely
        .selectFrom('calls')
        .select('id')
        .where('arrivedAt', '<', at)
        .where('endedAt', 'is not', null)
        .orderBy('arrivedAt')
        .limit(FORGET_BATCH)
      const { rows } = await write('calls', kysely.deleteFrom('calls').where('id', 'in', old).returning('id'))
      return rows.length
    },
  }
}
