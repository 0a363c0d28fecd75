import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Database } from '../engine.ts'
import type { ListMarker, ListProblem, NumberList, NumberListStore } from '../number-list.ts'
import type { Schema } from '../schema.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

/** All but the numbers, which are large. */
const SHOWN = [
  ...(['id', 'name', 'kind', 'url', 'token', 'country', 'minVotes', 'everyHours', 'createdAt'] as const),
  ...(['count', 'skipped', 'revision', 'readAt', 'triedAt', 'nextAt', 'failures', 'problem'] as const),
  'marker',
] as const

export function numberListTable({ kysely, read, write }: Database, makeId: MakeId): NumberListStore {
  const select = kysely.selectFrom('number_lists').select(SHOWN)

  const get = async (key: string): Promise<NumberList | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toList(row)
  }
  const need = async (key: string): Promise<NumberList> => {
    const list = await get(key)
    if (!list) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'block list', id: key })
    return list
  }

  return {
    list: async () => (await read(select.orderBy('name'))).map(toList),
    get,
    async add(settings) {
      const list: NumberList = { ...settings, ...UNREAD, id: makeId(), nextAt: settings.nextAt }
      const insert = kysely.insertInto('number_lists').values({ ...toRow(list), packed: null })
      await refuseTakenName('block list', list.name, write('number_lists', insert))
      return list
    },
    async set(key, change) {
      const list = { ...(await need(key)), ...change }
      const update = kysely.updateTable('number_lists').set(change).where('id', '=', list.id)
      // SQL has no update of nothing.
      if (Object.keys(change).length > 0)
        await refuseTakenName('block list', list.name, write('number_lists', update))
      return list
    },
    async noted(id, { problem, marker, ...state }, packed) {
      const changed = {
        ...state,
        ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
        ...(marker !== undefined && { marker: JSON.stringify(marker) }),
        ...(packed !== undefined && { packed }),
      }
      await write('number_lists', kysely.updateTable('number_lists').set(changed).where('id', '=', id))
    },
    async numbers(id) {
      const [row] = await read(kysely.selectFrom('number_lists').select('packed').where('id', '=', id))
      return row?.packed ?? undefined
    },
    async remove(key) {
      const { id } = await need(key)
      await write('number_lists', kysely.deleteFrom('number_lists').where('id', '=', id), 'essential')
    },
    async nextAt() {
      const [row] = await read(
        kysely.selectFrom('number_lists').select(({ fn }) => fn.min('nextAt').as('at')),
      )
      return row?.at ?? undefined
    },
    async claim(now, leaseEndsAt) {
      const due = kysely.selectFrom('number_lists').select('id').where('nextAt', '<=', now)
      const { rows } = await write(
        'number_lists',
        kysely
          .updateTable('number_lists')
          .set({ nextAt: leaseEndsAt })
          .where('id', '=', due.orderBy('nextAt').orderBy('id').limit(1))
          // Asked again: another process may have taken it between the two (PostgreSQL reads the row anew).
          .where('nextAt', '<=', now)
          .returning(SHOWN),
      )
      return rows[0] && toList(rows[0])
    },
  }
}

/** As a list is that nobody has read yet. */
const UNREAD = {
  ...{ count: 0, skipped: 0, revision: 0, failures: 0 },
  ...{ readAt: null, triedAt: null, nextAt: null, problem: null, marker: {} },
}

type Row = Omit<Schema['number_lists'], 'packed'>

const toRow = (list: NumberList): Row => ({
  ...list,
  problem: list.problem && JSON.stringify(list.problem),
  marker: JSON.stringify(list.marker),
})

const toList = (row: Row): NumberList => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as ListProblem),
  marker: JSON.parse(row.marker) as ListMarker,
})
