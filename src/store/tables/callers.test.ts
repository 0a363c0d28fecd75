import { PGlite } from '@electric-sql/pglite'
import Sqlite from 'better-sqlite3'
import { type CompiledQuery, Kysely, PGliteDialect, SqliteDialect, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { compile, type Database } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { migrationsOf } from '../migrations/all.ts'
import type { Schema } from '../schema.ts'
import { callTable } from './calls.ts'
import { messageTable } from './messages.ts'

const WANTED = { callers: [{ number: '+49 30 1234567', e164: '+49301234567' }], limit: 50 }

/** What the lists of a caller's calls and messages ask the database, as it plans to find them. */
async function plansOf(kysely: Kysely<Schema>, explain: (query: CompiledQuery) => Promise<string>) {
  let plan = ''
  const database = {
    kysely,
    async read(query) {
      plan = await explain(compile(query))
      return []
    },
  } as Pick<Database, 'kysely' | 'read'> as Database
  await callTable(database).list(WANTED)
  const calls = plan
  await messageTable(database).list({ ...WANTED, states: ['new'] })
  return { calls, messages: plan }
}

describe('what a caller has called and left before is one range of an index, in order', () => {
  it('on SQLite', async () => {
    const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new Sqlite(':memory:') }) })
    await migrate(kysely, migrationsOf('sqlite'))
    const plans = await plansOf(kysely, async (query) => {
      const { rows } = await kysely.executeQuery<{ detail: string }>({
        ...query,
        sql: `explain query plan ${query.sql}`,
      })
      return rows.map(({ detail }) => detail).join('\n')
    })
    expect(plans.calls).toBe('SEARCH calls USING INDEX calls_by_caller (callerEnding=?)')
    expect(plans.messages).toContain(
      'SEARCH messages USING INDEX messages_by_caller (callerEnding=? AND state=?)',
    )
    await kysely.destroy()
  })

  it('on PostgreSQL', async () => {
    const kysely = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: new PGlite() }) })
    await migrate(kysely, migrationsOf('postgres'))
    // Without rows it would read the table.
    await sql`set enable_seqscan = off`.execute(kysely)
    await sql`set enable_bitmapscan = off`.execute(kysely)
    const plans = await plansOf(kysely, async (query) => {
      const { rows } = await kysely.executeQuery<Record<'QUERY PLAN', string>>({
        ...query,
        sql: `explain ${query.sql}`,
      })
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    for (const [table, plan] of Object.entries(plans))
      expect(plan).toContain(`Index Scan Backward using ${table}_by_caller`)
    expect(plans.calls).not.toContain('Sort')
    await kysely.destroy()
  })
})
