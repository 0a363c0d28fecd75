import type { Kysely } from 'kysely'

/** What becomes of internal calls: lines that are there know of none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('lines')
    .addColumn('internal', 'text', (column) => column.notNull().defaultTo('ring'))
    .execute()
  await db.schema
    .alterTable('lines')
    .addColumn('internalDigits', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
