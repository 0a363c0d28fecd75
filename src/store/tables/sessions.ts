import type { Database } from '../engine.ts'
import type { SessionStore } from '../store.ts'

export function sessionTable({ kysely, read, write }: Database): SessionStore {
  const remove = kysely.deleteFrom('sessions')

  return {
    async add(session) {
      await write('sessions', kysely.insertInto('sessions').values(session))
    },
    async byHash(hash) {
      const [row] = await read(
        kysely.selectFrom('sessions').select(['userId', 'createdAt', 'expiresAt']).where('hash', '=', hash),
      )
      return row
    },
    async extend(hash, expiresAt) {
      await write('sessions', kysely.updateTable('sessions').set({ expiresAt }).where('hash', '=', hash))
    },
    async remove(hash) {
      await write('sessions', remove.where('hash', '=', hash), 'essential')
    },
    async removeExpired(at) {
      await write('sessions', remove.where('expiresAt', '<=', at), 'essential')
    },
    async removeOfUser(userId) {
      await write('sessions', remove.where('userId', '=', userId), 'essential')
    },
  }
}
