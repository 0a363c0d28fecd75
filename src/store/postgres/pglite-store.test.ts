import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, type PGliteDialectConfig } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { createStore } from '../create-store.ts'
import type { Schema } from '../schema.ts'
import { describeStore } from '../store.contract.ts'
import { CHANNEL } from './channel.ts'
import { createPostgresEngine } from './postgres-engine.ts'

/** One PGlite for the file, for it takes a second to start, and half a one for the migrations: each store finds the tables, empty. */
const pglite = new PGlite()
beforeAll(() => pglite.waitReady, 60_000)
afterAll(() => pglite.close())

/** The same, for Kysely, which would close it with each store. */
const lent: PGliteDialectConfig['pglite'] = {
  close: async () => undefined,
  closed: false,
  ready: true,
  waitReady: pglite.waitReady,
  query: (text, parameters, options) => pglite.query(text, parameters, options),
  transaction: (callback) => pglite.transaction(callback),
}

describeStore('PGlite', {
  async open() {
    const { rows } = await pglite.query<{ tablename: string }>(
      "select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
    )
    if (rows.length > 0)
      await pglite.exec(`truncate ${rows.map(({ tablename }) => `"${tablename}"`)} restart identity cascade`)
    const engine = await createPostgresEngine({
      kysely: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: lent }) }),
      server: 'PGlite',
      listen(heard) {
        const listening = pglite.listen(CHANNEL, (table) => heard([table]))
        listening.then(() => heard([]))
        return () => void listening.then((unlisten) => unlisten())
      },
    })
    return createStore(engine, idMaker(fakeClock(), seededRandom()), silentLog)
  },
  cleanUp: async () => undefined,
})
