import { type Kysely, sql } from 'kysely'

/** Mails on their way, whom a mailbox mails its messages, and who has put a copy into a mailbox. */
export async function createMails(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .alterTable('mailboxes')
    .addColumn('mailTo', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute()
  await schema.alterTable('messages').addColumn('forwardedBy', 'text').execute()

  // A mail outlives its message: what was sent stays known when the message is gone.
  await schema
    .createTable('mails')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('messageId', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('format', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('nextAt', 'bigint')
    .addColumn('endedAt', 'bigint')
    .addColumn('problem', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('mails_by_time').on('mails').columns(['createdAt', 'id']).execute()
  await schema.createIndex('mails_by_message').on('mails').columns(['messageId', 'createdAt']).execute()
  await schema.createIndex('mails_by_sender').on('mails').columns(['by', 'createdAt']).execute()
  await schema
    .createIndex('mails_due')
    .on('mails')
    .columns(['nextAt', 'id'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
}
