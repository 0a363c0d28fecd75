import type { Kysely } from 'kysely'

/** Where contacts come from, what was read there, and notes on callers who are no contacts; alike in both databases. */
export async function createPeople(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .createTable('contact_sources')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('password', 'text', (column) => column.notNull())
    .addColumn('books', 'text')
    .addColumn('intervalMinutes', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('nextAt', 'bigint', (column) => column.notNull())
    .addColumn('startedAt', 'bigint')
    .addColumn('doneAt', 'bigint')
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('problem', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('found', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('sourced_cards')
    .addColumn('sourceId', 'text', (column) =>
      column.notNull().references('contact_sources.id').onDelete('cascade'),
    )
    .addColumn('href', 'text', (column) => column.notNull())
    .addColumn('book', 'text', (column) => column.notNull())
    .addColumn('uid', 'text', (column) => column.notNull())
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.references('contacts.id').onDelete('set null'))
    .addColumn('leftOut', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sourced_cards_key', ['sourceId', 'href'])
    .execute()
  await schema.createIndex('sourced_cards_contact').on('sourced_cards').column('contactId').execute()
  await schema
    .createTable('caller_notes')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ending', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('caller_notes_ending').on('caller_notes').column('ending').execute()
}
