import type { MakeId } from '../../shared/ids.ts'
import { clampLimit } from '../cursor.ts'
import type { Database } from '../engine.ts'
import type { OutboxStore } from '../store.ts'

/** How many bodies are made at once. */
const MOST_BARE = 100

export function outboxTable({ kysely, read, write }: Database, makeId: MakeId): OutboxStore {
  const select = kysely.selectFrom('outbox').selectAll()
  const update = kysely.updateTable('outbox')

  return {
    async add(event, at, subject) {
      const targets = await read(kysely.selectFrom('targets').selectAll().where('enabled', '=', 1))
      const rows = targets
        .filter(({ events }) => (JSON.parse(events) as string[]).includes(event))
        .map(({ id: targetId }) => ({
          ...{ id: makeId(), targetId, event, subject, at, body: null, state: 'waiting' as const },
          ...{ attempts: 0, waitsSince: at, nextTryAt: at, problem: '', endedAt: null },
        }))
      if (rows.length > 0) await write('outbox', kysely.insertInto('outbox').values(rows), 'essential')
    },
    bare: () => read(select.where('body', 'is', null).orderBy('seq').limit(MOST_BARE)),
    async setBody(id, body) {
      await write('outbox', update.set({ body }).where('id', '=', id).where('body', 'is', null), 'essential')
    },
    heads: () =>
      read(
        select
          .where('seq', 'in', ({ selectFrom }) =>
            selectFrom('outbox')
              .select(({ fn }) => fn.min('seq').as('seq'))
              .where('state', '=', 'waiting')
              .groupBy('targetId'),
          )
          .where('targetId', 'in', ({ selectFrom }) =>
            selectFrom('targets').select('id').where('enabled', '=', 1),
          ),
      ),
    async settle(id, outcome) {
      await write(
        'outbox',
        update.set(outcome).where('id', '=', id).where('state', '=', 'waiting'),
        'essential',
      )
    },
    list({ state, targetId, limit }) {
      let query = select.orderBy('seq').limit(clampLimit(limit))
      if (state !== undefined) query = query.where('state', '=', state)
      if (targetId !== undefined) query = query.where('targetId', '=', targetId)
      return read(query)
    },
    async get(id) {
      const [row] = await read(select.where('id', '=', id))
      return row
    },
    async counts() {
      const rows = await read(
        kysely
          .selectFrom('outbox')
          .select(({ fn }) => ['targetId', 'state', fn.countAll().as('count')])
          .groupBy(['targetId', 'state']),
      )
      return rows.map((row) => ({ ...row, count: Number(row.count) }))
    },
    async sendAgain(which, now) {
      const again = { state: 'waiting', attempts: 0, waitsSince: now, nextTryAt: now, endedAt: null } as const
      const query = update.set(again)
      const changed = await write(
        'outbox',
        'id' in which ? query.where('id', '=', which.id) : query.where('targetId', '=', which.targetId),
      )
      return Number(changed.numAffectedRows ?? 0n)
    },
    async remove(id) {
      const removed = await write('outbox', kysely.deleteFrom('outbox').where('id', '=', id), 'essential')
      return (removed.numAffectedRows ?? 0n) > 0n
    },
    async removeDeadBefore(at) {
      await write(
        'outbox',
        kysely.deleteFrom('outbox').where('state', '=', 'dead').where('endedAt', '<', at),
        'essential',
      )
    },
  }
}
