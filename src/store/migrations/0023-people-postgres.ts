import { type Kysely, sql } from 'kysely'
import { createPeople } from './0023-people.ts'

/** The same on PostgreSQL, with announcements; cards are announced as their contacts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPeople(db)
  for (const table of ['contact_sources', 'caller_notes'])
    await sql`
      create trigger ${sql.raw(`${table}_announce`)} after insert or update or delete on ${sql.table(table)}
      for each statement execute function announce_change(${sql.lit(table)})
    `.execute(db)
}
