import { type Kysely, sql } from 'kysely'

/** The tables of the first release, alike in both databases but for how rows are numbered. */
export async function createFirstTables(
  db: Kysely<unknown>,
  numbered: 'integer' | 'bigserial',
): Promise<void> {
  const { schema } = db

  await schema
    .createTable('greetings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('durationMs', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute()

  await schema
    .createTable('mailboxes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('greetingId', 'text', (column) => column.references('greetings.id').onDelete('set null'))
    .addColumn('longestSeconds', 'integer', (column) => column.notNull())
    .addColumn('shortestSeconds', 'real', (column) => column.notNull())
    .addColumn('silenceSeconds', 'integer', (column) => column.notNull())
    .execute()

  await schema
    .createTable('lines')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('number', 'text', (column) => column.unique())
    .addColumn('trunk', 'text', (column) => column.notNull())
    .addColumn('mailboxId', 'text', (column) => column.notNull().references('mailboxes.id'))
    .addColumn('ringSeconds', 'integer', (column) => column.notNull())
    .execute()
  await schema.createIndex('lines_mailbox').on('lines').column('mailboxId').execute()

  await schema
    .createTable('messages')
    .addColumn('seq', numbered, (column) => column.primaryKey().notNull())
    .addColumn('id', 'text', (column) => column.unique().notNull())
    .addColumn('callId', 'text', (column) => column.notNull())
    .addColumn('mailboxId', 'text', (column) => column.notNull().references('mailboxes.id'))
    .addColumn('lineId', 'text', (column) => column.notNull())
    .addColumn('callerNumber', 'text')
    .addColumn('callerName', 'text')
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('durationMs', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('stateBeforeTrash', 'text')
    .addColumn('trashedAt', 'bigint')
    .addColumn('heardAt', 'bigint')
    .addColumn('cutOff', 'integer', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .execute()
  // A page of one state is a range of one of these, in order (tables/messages.ts).
  await schema
    .createIndex('messages_by_state')
    .on('messages')
    .columns(['state', 'receivedAt', 'id'])
    .execute()
  await schema
    .createIndex('messages_by_mailbox')
    .on('messages')
    .columns(['mailboxId', 'state', 'receivedAt', 'id'])
    .execute()
  await schema.createIndex('messages_by_call').on('messages').column('callId').execute()
  await schema
    .createIndex('messages_in_trash')
    .on('messages')
    .columns(['trashedAt', 'id'])
    .where(sql.ref('trashedAt'), 'is not', null)
    .execute()

  await schema
    .createTable('message_counts')
    .addColumn('mailboxId', 'text', (column) =>
      column.notNull().references('mailboxes.id').onDelete('cascade'),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('message_counts_key', ['mailboxId', 'state'])
    .execute()

  await schema
    .createTable('calls')
    .addColumn('seq', numbered, (column) => column.primaryKey().notNull())
    .addColumn('id', 'text', (column) => column.unique().notNull())
    .addColumn('lineId', 'text', (column) => column.notNull())
    .addColumn('callerNumber', 'text')
    .addColumn('callerName', 'text')
    .addColumn('arrivedAt', 'bigint', (column) => column.notNull())
    .addColumn('answeredAt', 'bigint')
    .addColumn('endedAt', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('messageId', 'text')
    .addColumn('search', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('calls_by_time').on('calls').columns(['arrivedAt', 'id']).execute()
  await schema.createIndex('calls_by_line').on('calls').columns(['lineId', 'arrivedAt', 'id']).execute()
  await schema
    .createIndex('calls_that_last')
    .on('calls')
    .column('arrivedAt')
    .where(sql.ref('endedAt'), 'is', null)
    .execute()

  await schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('passwordHash', 'text', (column) => column.notNull())
    .execute()

  await schema
    .createTable('tokens')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('hash', 'text', (column) => column.unique().notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastUsedAt', 'bigint')
    .execute()

  await schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .execute()
  await schema.createIndex('sessions_by_user').on('sessions').column('userId').execute()

  await schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}
