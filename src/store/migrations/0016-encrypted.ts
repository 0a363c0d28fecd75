import type { Kysely } from 'kysely'

/** What of a call was encrypted: nobody knows of those that are there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('encrypted', 'text').execute()
}
