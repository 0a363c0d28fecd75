import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Schema } from './schema.ts'

/** Migrations by name, oldest first. A name, once released, neither changes nor goes. */
export type Migrations = Readonly<Record<string, Migration>>

/**
 * Brings the schema up to date, forward only, each migration in a transaction. A database that has seen migrations
 * unknown here was written by a newer program: it is left alone, with AP_STORE_NEWER.
 *
 * @param beforeChange is awaited before a database that holds something is changed, with the first migration to come;
 * when it rejects, the database stays as it is
 */
export async function migrate(
  db: Kysely<Schema>,
  migrations: Migrations,
  beforeChange?: (first: string) => Promise<void>,
): Promise<void> {
  const applied = await appliedMigrations(db)
  const unknown = applied.find((name) => !(name in migrations))
  // The copy that the newer program made bears the number of the first migration that it brought: see `sqlite/keep-old.ts`.
  if (unknown !== undefined)
    throw new AnswerphoneError('AP_STORE_NEWER', { migration: unknown, number: unknown.slice(0, 4) })
  const first = Object.keys(migrations).find((name) => !applied.includes(name))
  if (first === undefined) return
  if (applied.length > 0) await beforeChange?.(first)

  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}
