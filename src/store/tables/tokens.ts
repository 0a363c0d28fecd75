import type { Database } from '../engine.ts'
import type { TokenStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

const COLUMNS = ['id', 'name', 'createdAt', 'lastUsedAt'] as const

export function tokenTable({ kysely, read, write }: Database): TokenStore {
  const select = kysely.selectFrom('tokens').select(COLUMNS)

  return {
    list: () => read(select.orderBy('createdAt').orderBy('id')),
    async add(token, hash) {
      await refuseTakenName(
        'token',
        token.name,
        write('tokens', kysely.insertInto('tokens').values({ ...token, hash })),
      )
    },
    async byHash(hash) {
      const [row] = await read(select.where('hash', '=', hash))
      return row
    },
    async touch(id, at) {
      await write('tokens', kysely.updateTable('tokens').set({ lastUsedAt: at }).where('id', '=', id))
    },
    async remove(key) {
      const removed = await write(
        'tokens',
        kysely.deleteFrom('tokens').where((is) => is.or([is('id', '=', key), is('name', '=', key)])),
        'essential',
      )
      return (removed.numAffectedRows ?? 0n) > 0n
    },
  }
}
