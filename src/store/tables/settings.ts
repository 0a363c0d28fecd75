import type { Database } from '../engine.ts'
import type { Store } from '../store.ts'

export function settingTable({ kysely, read, write }: Database): Store['settings'] {
  return {
    async get(key) {
      const [row] = await read(kysely.selectFrom('settings').select('value').where('key', '=', key))
      return row?.value ?? null
    },
    async set(key, value) {
      await write(
        'settings',
        kysely
          .insertInto('settings')
          .values({ key, value })
          .onConflict((taken) => taken.column('key').doUpdateSet({ value })),
      )
    },
  }
}
