import { type Kysely, sql } from 'kysely'

/**
 * Junk is kept for a time of its own, a line may ring for less while messages wait, a mailbox may have a quota, and mails
 * may tell that it fills up. How long its messages are in all is counted beside how many they are.
 */
export async function addLimits(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .alterTable('mailboxes')
    .addColumn('keepJunkDays', 'integer', (column) => column.defaultTo(30))
    .execute()
  await schema.alterTable('mailboxes').addColumn('quotaMessages', 'integer').execute()
  await schema.alterTable('mailboxes').addColumn('quotaMinutes', 'integer').execute()
  await schema
    .alterTable('mailboxes')
    .addColumn('whenFull', 'text', (column) => column.notNull().defaultTo('take'))
    .execute()
  await schema.alterTable('lines').addColumn('tollSaverSeconds', 'integer').execute()
  await schema.alterTable('mails').addColumn('fillNews', 'text').execute()
  await schema
    .alterTable('message_counts')
    .addColumn('ms', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update message_counts set ms = coalesce((
      select sum("durationMs") from messages
      where messages."mailboxId" = message_counts."mailboxId" and messages.state = message_counts.state
    ), 0)
  `.execute(db)
}
