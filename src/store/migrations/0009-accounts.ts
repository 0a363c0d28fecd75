import type { Kysely } from 'kysely'

/** Accounts with which lines register, and how their registrations stand. */
export async function addAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('lines').addColumn('account', 'text').execute()
  await db.schema
    .createTable('registrations')
    .addColumn('lineId', 'text', (column) =>
      column.primaryKey().notNull().references('lines.id').onDelete('cascade'),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('server', 'text')
    .addColumn('problem', 'text')
    .execute()
}
