import type { Kysely } from 'kysely'

/** Wrong PINs, which a restart doesn't make unsaid, and mails that tell of them. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('pin_tries')
    .addColumn('mailboxId', 'text', (column) =>
      column.primaryKey().notNull().references('mailboxes.id').onDelete('cascade'),
    )
    .addColumn('pinHash', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('triedAt', 'bigint', (column) => column.notNull())
    .execute()
  await schema.alterTable('mails').addColumn('lockNews', 'text').execute()
}
