import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import Sqlite from 'better-sqlite3'
import { type Dialect, Kysely, PGliteDialect, SqliteDialect, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { hashCredentials } from '../../shared/credentials.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { callRow, messageRow, NOON } from '../contract/sample-rows.contract.ts'
import { createStore } from '../create-store.ts'
import { type Migrations, migrate } from '../migrate.ts'
import { createPostgresEngine } from '../postgres/postgres-engine.ts'
import type { Schema } from '../schema.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import type { Store } from '../store.ts'
import { up as firstPostgres } from './0001-first-postgres.ts'
import { up as firstSqlite } from './0001-first-sqlite.ts'

const clock = fakeClock()
const makeId = idMaker(clock, seededRandom())

/** A database as the first release left it, with something in each table that changes. */
async function fillFirst(dialect: Dialect, migrations: Migrations): Promise<void> {
  const kysely = new Kysely<Schema>({ dialect })
  await migrate(kysely, migrations)
  await sql`insert into mailboxes values ('box', 'home', null, 180, 1.5, 0)`.execute(kysely)
  await sql`insert into lines values ('line', 'home', '+49301', '["::1/128"]', 'box', 18)`.execute(kysely)
  await sql`insert into settings values ('key', 'value')`.execute(kysely)
  for (const [seq, state] of [
    [1, 'new'],
    [2, 'heard'],
  ] as const) {
    const {
      pickedUp: _,
      kind: __,
      forwardedBy: ___,
      callerE164: ____,
      junkReason: _____,
      ...row
    } = messageRow('box', `m${seq}`, { state })
    const values = { ...row, cutOff: 0, search: `grace ${seq}` }
    const columns = Object.keys(values).map((name) => sql.ref(name))
    await sql`
      insert into messages (${sql.join(columns)}) values (${sql.join(Object.values(values))})
    `.execute(kysely)
  }
  await sql`
    insert into calls (id, "lineId", "callerNumber", "arrivedAt", search)
    values ('c0', 'line', '+49301234567', ${NOON}, '+49301234567')
  `.execute(kysely)
  await kysely.destroy()
}

/** All of it is there, and what is new has its default and works. */
async function expectAll(store: Store): Promise<void> {
  expect(await store.mailboxes.list()).toMatchObject([{ shortestSeconds: 1.5, afterPickUp: 'keep' }])
  expect(await store.lines.list()).toMatchObject([
    { trunk: ['::1/128'], callBack: null, country: null, areaCode: null, trustVerstat: false },
  ])
  expect(await store.settings.get('key')).toBe('value')
  expect((await store.messages.list({ limit: 5, q: 'grace' })).rows).toEqual([
    messageRow('box', 'm2', { state: 'heard' }),
    messageRow('box', 'm1'),
  ])
  expect(await store.messages.counts()).toMatchObject([{ state: 'heard' }, { state: 'new' }])
  const byCaller = { callerNumber: '0049 30 1234567', limit: 5 }
  expect((await store.messages.list(byCaller)).rows).toHaveLength(2)
  expect((await store.calls.list(byCaller)).rows).toMatchObject([{ id: 'c0' }])
  await store.messages.add(messageRow('box', 'm3'))
  await store.calls.add(callRow('c'))
  await store.audit.add({ at: NOON, who: 'a', act: 'played', callId: null, messageId: null, detail: '' })
  const phone = { name: 'kitchen', mailboxIds: ['box'], speaker: false, speakerGainDb: 0, createdAt: NOON }
  await store.phones.add(phone, hashCredentials('kitchen', 'answerphone', 'x'))
  expect(await store.phones.list()).toMatchObject([phone])
}

describe('a database of the first release becomes one of this, with all that is in it', () => {
  it('on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'answerphone-migrate-'))
    const file = join(folder, 'answerphone.db')
    const database = new Sqlite(file)
    await fillFirst(new SqliteDialect({ database }), { '0001-first': { up: firstSqlite } })
    for (let time = 0; time < 2; time++) {
      const store = await openSqliteStore({ file, clock, makeId, log: silentLog })
      if (time === 0) await expectAll(store)
      else expect(await store.phones.list()).toHaveLength(1)
      await store.close()
    }
    rmSync(folder, { recursive: true })
  })

  it('on PostgreSQL', async () => {
    await using pglite = new PGlite()
    const lent = {
      close: async () => undefined,
      closed: false,
      ready: true,
      waitReady: pglite.waitReady,
      query: pglite.query.bind(pglite),
      transaction: pglite.transaction.bind(pglite),
    }
    const dialect = () => new PGliteDialect({ pglite: lent })
    await fillFirst(dialect(), { '0001-first': { up: firstPostgres } })
    const engine = await createPostgresEngine({
      kysely: new Kysely<Schema>({ dialect: dialect() }),
      server: 'PGlite',
      listen: () => () => undefined,
    })
    const store = createStore(engine, makeId, silentLog)
    await expectAll(store)
    await store.close()
  })
})
