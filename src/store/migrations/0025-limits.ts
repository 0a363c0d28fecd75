import type { Kysely } from 'kysely'

/** Junk is kept for a time of its own, and a line may ring for less while messages wait. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('mailboxes')
    .addColumn('keepJunkDays', 'integer', (column) => column.defaultTo(30))
    .execute()
  await schema.alterTable('lines').addColumn('tollSaverSeconds', 'integer').execute()
}
