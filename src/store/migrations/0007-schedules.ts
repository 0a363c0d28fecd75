import type { Kysely } from 'kysely'

/**
 * When a mailbox greets otherwise. The entries are read and written as one, in their order, and outlive a greeting that
 * is removed: so they are no table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('mailboxes')
    .addColumn('schedule', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute()
  await db.schema.alterTable('mailboxes').addColumn('timeZone', 'text').execute()
}
