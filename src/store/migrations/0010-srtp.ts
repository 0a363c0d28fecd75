import type { Kysely } from 'kysely'

/** Whether sound is encrypted: where it can be, until somebody says otherwise. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['lines', 'phones'])
    await db.schema
      .alterTable(table)
      .addColumn('srtp', 'text', (column) => column.notNull().defaultTo('offered'))
      .execute()
}
