import type { Kysely } from 'kysely'

/** The PIN with which a mailbox is heard from afar. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('mailboxes').addColumn('pinHash', 'text').execute()
}
