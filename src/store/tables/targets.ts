import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Database } from '../engine.ts'
import type { NtfySettings, QuietHours, Target, TargetEvent } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { TargetStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

export function targetTable({ kysely, read, write }: Database, makeId: MakeId): TargetStore {
  const select = kysely.selectFrom('targets').selectAll()

  const get = async (key: string): Promise<Target | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toTarget(row)
  }
  const need = async (key: string): Promise<Target> => {
    const target = await get(key)
    if (!target) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'target', id: key })
    return target
  }

  return {
    list: async () => (await read(select.orderBy('name'))).map(toTarget),
    get,
    async add(fields) {
      const target: Target = { ...fields, id: makeId(), lastTriedAt: null, lastProblem: '' }
      const insert = kysely.insertInto('targets').values(toRow(target))
      await refuseTakenName('target', target.name, write('targets', insert))
      return target
    },
    async set(key, change) {
      const target = { ...(await need(key)), ...change }
      const { id, ...columns } = toRow(target)
      const update = kysely.updateTable('targets').set(columns).where('id', '=', id)
      await refuseTakenName('target', target.name, write('targets', update))
      return target
    },
    async remove(key) {
      const { id } = await need(key)
      await write('targets', kysely.deleteFrom('targets').where('id', '=', id), 'essential')
    },
    async tried(id, lastTriedAt, lastProblem) {
      await write(
        'targets',
        kysely.updateTable('targets').set({ lastTriedAt, lastProblem }).where('id', '=', id),
      )
    },
  }
}

const toRow = (target: Target): Schema['targets'] => ({
  ...target,
  events: JSON.stringify(target.events),
  enabled: target.enabled ? 1 : 0,
  ntfy: target.ntfy && JSON.stringify(target.ntfy),
  quiet: target.quiet && JSON.stringify(target.quiet),
})

const toTarget = (row: Schema['targets']): Target => ({
  ...row,
  events: JSON.parse(row.events) as TargetEvent[],
  enabled: row.enabled === 1,
  ntfy: row.ntfy === null ? null : (JSON.parse(row.ntfy) as NtfySettings),
  quiet: row.quiet === null ? null : (JSON.parse(row.quiet) as QuietHours[]),
})
