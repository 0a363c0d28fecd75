import { type Kysely, sql } from 'kysely'

/** Mails that tell of a line instead of bringing a message, since when owners believe a line lost, and where it is seen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema.alterTable('registrations').addColumn('toldLostSince', 'bigint').execute()
  await schema.alterTable('registrations').addColumn('publicAddress', 'text').execute()
  await schema.alterTable('mails').addColumn('lineNews', 'text').execute()
  // SQLite can't take "not null" from a column: another takes its place.
  await schema.alterTable('mails').addColumn('message', 'text').execute()
  await sql`update mails set message = "messageId"`.execute(db)
  await schema.dropIndex('mails_by_message').execute()
  await schema.alterTable('mails').dropColumn('messageId').execute()
  await schema.alterTable('mails').renameColumn('message', 'messageId').execute()
  await schema.createIndex('mails_by_message').on('mails').columns(['messageId', 'createdAt']).execute()
}
