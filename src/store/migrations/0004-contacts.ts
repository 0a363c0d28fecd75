import { type Kysely, sql } from 'kysely'
import { comparable, endingOf } from '../../shared/same-number.ts'

const CALLED = [
  { table: 'calls', columns: ['callerEnding', 'arrivedAt', 'id'] },
  { table: 'messages', columns: ['callerEnding', 'state', 'receivedAt', 'id'] },
] as const
const NUMBERS_AT_A_TIME = 1000

/** Contacts, and with each call and message its caller's number as it is compared: alike in both databases. */
export async function createContactTables(db: Kysely<unknown>): Promise<void> {
  const { schema } = db

  await schema
    .createTable('contacts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .execute()

  await schema
    .createTable('contact_numbers')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ending', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) =>
      column.notNull().references('contacts.id').onDelete('cascade'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .execute()
  await schema.createIndex('contact_numbers_ending').on('contact_numbers').column('ending').execute()
  await schema
    .createIndex('contact_numbers_contact')
    .on('contact_numbers')
    .columns(['contactId', 'position'])
    .execute()

  for (const { table, columns } of CALLED) {
    await schema.alterTable(table).addColumn('callerKey', 'text').execute()
    await schema.alterTable(table).addColumn('callerEnding', 'text').execute()
    await fillCallers(db, table)
    await schema.dropIndex(`${table}_by_caller`).execute()
    await schema
      .createIndex(`${table}_by_caller`)
      .on(table)
      .columns([...columns])
      .execute()
  }
}

/** Each number once, by the index on it that there has been. */
async function fillCallers(db: Kysely<unknown>, table: 'calls' | 'messages'): Promise<void> {
  let after = ''
  for (;;) {
    const { rows } = await sql<{ number: string }>`
      select distinct "callerNumber" as "number" from ${sql.table(table)}
      where "callerNumber" > ${after} order by "callerNumber" limit ${NUMBERS_AT_A_TIME}
    `.execute(db)
    for (const { number } of rows) {
      const key = comparable(number)
      await sql`
        update ${sql.table(table)} set "callerKey" = ${key}, "callerEnding" = ${endingOf(key)}
        where "callerNumber" = ${number}
      `.execute(db)
      after = number
    }
    if (rows.length < NUMBERS_AT_A_TIME) return
  }
}
