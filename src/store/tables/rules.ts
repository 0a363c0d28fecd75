import { sql } from 'kysely'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Database } from '../engine.ts'
import type { Rule } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { RuleStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

export function ruleTable({ kysely, read, write }: Database, makeId: MakeId): RuleStore {
  const select = kysely.selectFrom('rules').selectAll().orderBy('position').orderBy('id')

  const get = async (key: string): Promise<Rule | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toRule(row)
  }
  const need = async (key: string): Promise<Rule> => {
    const rule = await get(key)
    if (!rule) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'rule', id: key })
    return rule
  }
  /** Numbers them anew in one statement: nobody sees a rule that is nowhere, or twice. */
  const putInOrder = async (ids: readonly string[]): Promise<void> => {
    const places = sql.join(
      ids.map((id, place) => sql`when id = ${id} then ${sql.lit(place)}`),
      sql` `,
    )
    await write(
      'rules',
      kysely
        .updateTable('rules')
        .set({ position: sql<number>`case ${places} else ${sql.lit(ids.length)} end` }),
    )
  }

  return {
    list: async () => (await read(select)).map(toRule),
    get,
    async add(fields) {
      const rule = { ...fields, id: makeId() }
      const last = sql<number>`(select coalesce(max(position), 0) + 1 from rules)`
      const row = kysely.insertInto('rules').values({ ...toRow(rule), position: last })
      await refuseTakenName('rule', rule.name, write('rules', row))
      return rule
    },
    async set(key, change) {
      const rule = { ...(await need(key)), ...change }
      const { id, ...columns } = toRow(rule)
      const row = kysely.updateTable('rules').set(columns).where('id', '=', id)
      await refuseTakenName('rule', rule.name, write('rules', row))
      return rule
    },
    async move(key, place) {
      const { id } = await need(key)
      const ids = (await read(select)).map((row) => row.id).filter((other) => other !== id)
      await putInOrder(ids.toSpliced(place, 0, id))
    },
    async remove(key) {
      const rule = await need(key)
      await write('rules', kysely.deleteFrom('rules').where('id', '=', rule.id), 'essential')
      return rule
    },
  }
}

const toRow = ({ enabled, when, action, ...rule }: Rule) => ({
  ...rule,
  enabled: enabled ? (1 as const) : (0 as const),
  when: JSON.stringify(when),
  action: JSON.stringify(action),
})

const toRule = ({ position: _, enabled, when, action, ...row }: Schema['rules']): Rule => ({
  ...row,
  enabled: enabled === 1,
  when: JSON.parse(when) as Rule['when'],
  action: JSON.parse(action) as Rule['action'],
})
