import type { Kysely } from 'kysely'

/** What the machine speaks. Houses that are there go on as before. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('mailboxes')
    .addColumn('language', 'text', (column) => column.notNull().defaultTo('en'))
    .execute()
}
