import { sql } from 'kysely'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import type { TraceStore } from '../trace.ts'

/** How many rows are removed at a time. */
const FORGET_BATCH = 500

const SHOWN = ['id', 'kind', 'title', 'startedAt', 'endedAt'] as const

export function traceTable({ kysely, read, write }: Database): TraceStore {
  return {
    async add(trace) {
      const { id, ...rest } = trace
      await write(
        'traces',
        kysely
          .insertInto('traces')
          .values(trace)
          .onConflict((taken) => taken.column('id').doUpdateSet(rest)),
      )
    },
    async get(id) {
      const [row] = await read(kysely.selectFrom('traces').selectAll().where('id', '=', id))
      return row
    },
    async list({ kind, cursor, limit }) {
      const size = clampLimit(limit)
      let query = kysely
        .selectFrom('traces')
        .select(SHOWN)
        .orderBy('startedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (cursor !== undefined) {
        const { at, id } = readCursor(cursor)
        query = query.where(sql<boolean>`("startedAt", "id") < (${at}, ${id})`)
      }
      return cutPage(await read(query), size, ({ startedAt, id }) => ({ at: startedAt, id }))
    },
    async remove(ids) {
      if (ids.length > 0) await write('traces', kysely.deleteFrom('traces').where('id', 'in', ids))
    },
    async removeBefore(at) {
      const old = kysely
        .selectFrom('traces')
        .select('id')
        .where('startedAt', '<', at)
        .orderBy('startedAt')
        .limit(FORGET_BATCH)
      const { rows } = await write(
        'traces',
        kysely.deleteFrom('traces').where('id', 'in', old).returning('id'),
      )
      return rows.length
    },
    async removeBeyond(most) {
      const beyond = kysely
        .selectFrom('traces')
        .select('id')
        .orderBy('startedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(FORGET_BATCH)
        .offset(most)
      const { rows } = await write(
        'traces',
        kysely.deleteFrom('traces').where('id', 'in', beyond).returning('id'),
      )
      return rows.length
    },
  }
}
