import { type Kysely, sql } from 'kysely'

/**
 * What was said, and the words by which it is found. The words stand in the message's row, beside the rest that is
 * searched: one range of one table answers for both. The transcript is read with a message that is shown, and claimed by who writes it.
 */
export async function createTranscripts(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .alterTable('messages')
    .addColumn('words', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await schema
    .createTable('transcripts')
    .addColumn('messageId', 'text', (column) =>
      column.primaryKey().notNull().references('messages.id').onDelete('cascade'),
    )
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('segments', 'text', (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('by', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('nextAt', 'bigint')
    .addColumn('endedAt', 'bigint')
    .addColumn('problem', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute()
  // The newest message first.
  await schema
    .createIndex('transcripts_due')
    .on('transcripts')
    .columns(['receivedAt', 'messageId'])
    .where(sql.ref('nextAt'), 'is not', null)
    .execute()
}
