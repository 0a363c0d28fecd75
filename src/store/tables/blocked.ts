import type { Database } from '../engine.ts'
import type { BlockedStore } from '../store.ts'

export function blockedTable({ kysely, read, write }: Database): BlockedStore {
  return {
    list: () => read(kysely.selectFrom('blocked').selectAll().orderBy('number')),
    async add(blocked) {
      await write(
        'blocked',
        kysely
          .insertInto('blocked')
          .values(blocked)
          .onConflict((taken) => taken.column('number').doNothing()),
        'essential',
      )
    },
    async remove(number) {
      const removed = await write(
        'blocked',
        kysely.deleteFrom('blocked').where('number', '=', number),
        'essential',
      )
      return (removed.numAffectedRows ?? 0n) > 0n
    },
  }
}
