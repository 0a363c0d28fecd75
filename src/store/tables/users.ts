import type { Database } from '../engine.ts'
import type { UserStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

const COLUMNS = ['id', 'name', 'role', 'createdAt'] as const

export function userTable({ kysely, read, write }: Database): UserStore {
  const select = kysely.selectFrom('users').select(COLUMNS)

  return {
    list: () => read(select.orderBy('name')),
    async add(user, passwordHash) {
      await refuseTakenName(
        'user',
        user.name,
        write('users', kysely.insertInto('users').values({ ...user, passwordHash })),
      )
    },
    async byName(name) {
      const [row] = await read(select.select('passwordHash').where('name', '=', name))
      if (!row) return undefined
      const { passwordHash, ...user } = row
      return { user, passwordHash }
    },
    async get(key) {
      const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
      return rows.find(({ id }) => id === key) ?? rows[0]
    },
    async setPassword(id, passwordHash) {
      await write('users', kysely.updateTable('users').set({ passwordHash }).where('id', '=', id))
    },
    async setRole(id, role) {
      await write('users', kysely.updateTable('users').set({ role }).where('id', '=', id))
    },
    async remove(id) {
      await write('users', kysely.deleteFrom('users').where('id', '=', id), 'essential')
    },
  }
}
