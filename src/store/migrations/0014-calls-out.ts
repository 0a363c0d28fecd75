import type { Kysely } from 'kysely'

/** Who may call out by a line's account: nobody, until somebody says otherwise. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('lines').addColumn('callOut', 'text').execute()
}
