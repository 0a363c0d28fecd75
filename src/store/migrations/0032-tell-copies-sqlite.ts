import { type Kysely, sql } from 'kysely'
import { createTrigger } from './0019-telling-sqlite.ts'
import { TOLD_NEW } from './0032-tell-copies.ts'

/** On SQLite, with the trigger of 0019 made anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger messages_tell_new`.execute(db)
  await createTrigger(db, TOLD_NEW)
}
