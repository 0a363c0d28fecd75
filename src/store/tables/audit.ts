import { sql } from 'kysely'
import type { MakeId } from '../../shared/ids.ts'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import type { AuditStore } from '../store.ts'

const COLUMNS = ['id', 'at', 'who', 'act', 'callId', 'messageId', 'detail'] as const

/** How many rows `removeBefore` removes at a time. */
const FORGET_BATCH = 500

export function auditTable({ kysely, read, write }: Database, makeId: MakeId): AuditStore {
  const select = kysely.selectFrom('audit').select(COLUMNS)

  return {
    async add(entry, once) {
      await write(
        'audit',
        kysely
          .insertInto('audit')
          .values({ ...entry, id: makeId(), once: once ?? null })
          .onConflict((said) => said.column('once').doNothing()),
        // The machine's writes wait for each other: this one must not keep a message from being written.
        'essential',
      )
    },
    async addAll(entries) {
      if (entries.length === 0) return
      const rows = entries.map((entry) => ({ ...entry, id: makeId(), once: null }))
      await write('audit', kysely.insertInto('audit').values(rows), 'essential')
    },
    async oldestAt() {
      const [row] = await read(kysely.selectFrom('audit').select('at').orderBy('at').limit(1))
      return row?.at
    },
    async removeBefore(at) {
      const old = kysely
        .selectFrom('audit')
        .select('id')
        .where('at', '<', at)
        .orderBy('at')
        .limit(FORGET_BATCH)
      const { rows } = await write('audit', kysely.deleteFrom('audit').where('id', 'in', old).returning('id'))
      return rows.length
    },
    async list({ who, callId, messageId, cursor, limit }) {
      const size = clampLimit(limit)
      let query = select
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
      if (who !== undefined) query = query.where('who', '=', who)
      if (callId !== undefined) query = query.where('callId', '=', callId)
      if (messageId !== undefined) query = query.where('messageId', '=', messageId)
      if (cursor !== undefined) {
        const { at, id } = readCursor(cursor)
        query = query.where(sql<boolean>`("at", "id") < (${at}, ${id})`)
      }
      return cutPage(await read(query), size, ({ at, id }) => ({ at, id }))
    },
  }
}
