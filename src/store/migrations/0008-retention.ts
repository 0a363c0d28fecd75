import { type Kysely, sql } from 'kysely'

/** For how long a mailbox keeps its messages, and since when each has been as it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema.alterTable('mailboxes').addColumn('keepNewDays', 'integer').execute()
  await schema.alterTable('mailboxes').addColumn('keepHeardDays', 'integer').execute()
  await schema
    .alterTable('mailboxes')
    .addColumn('keepTrashDays', 'integer', (column) => column.defaultTo(30))
    .execute()

  await schema
    .alterTable('messages')
    .addColumn('stateSince', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update messages set "stateSince" = coalesce("trashedAt", "heardAt", "receivedAt")
  `.execute(db)
  await schema
    .createIndex('messages_by_age')
    .on('messages')
    .columns(['mailboxId', 'state', 'stateSince', 'id'])
    .execute()
  // Nothing asks for all of the trash any more, whatever the mailbox.
  await schema.dropIndex('messages_in_trash').execute()
}
