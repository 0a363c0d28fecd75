import { type Kysely, sql } from 'kysely'
import { createContactTables } from './0004-contacts.ts'

/** The same on PostgreSQL, with announcements; the numbers of a contact are announced as the contact's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createContactTables(db)
  for (const table of ['contacts', 'contact_numbers'])
    await sql`
      create trigger ${sql.raw(`${table}_announce`)} after insert or update or delete on ${sql.table(table)}
      for each statement execute function announce_change('contacts')
    `.execute(db)
}
