import type { Database } from '../engine.ts'
import type { GreetingStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

export function greetingTable({ kysely, read, write }: Database): GreetingStore {
  const select = kysely.selectFrom('greetings').selectAll()

  return {
    list: () => read(select.orderBy('name')),
    async add(greeting) {
      await refuseTakenName(
        'greeting',
        greeting.name,
        write('greetings', kysely.insertInto('greetings').values(greeting)),
      )
    },
    async get(key) {
      const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
      return rows.find(({ id }) => id === key) ?? rows[0]
    },
    async remove(id) {
      const removed = kysely.deleteFrom('greetings').where('id', '=', id).returningAll()
      return (await write('greetings', removed, 'essential')).rows[0]
    },
  }
}
