import type { Kysely } from 'kysely'
import { putFunction } from './0019-telling-postgres.ts'
import { TOLD_NEW } from './0032-tell-copies.ts'

/** The same on PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await putFunction(db, TOLD_NEW)
}
