import type { Kysely } from 'kysely'

/** Why a message is junk, and whether a mailbox wants what machines leave there. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('messages').addColumn('junkReason', 'text').execute()
  await schema
    .alterTable('mailboxes')
    .addColumn('machinesToJunk', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
}
