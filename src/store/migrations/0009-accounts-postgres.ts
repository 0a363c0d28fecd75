import { type Kysely, sql } from 'kysely'
import { addAccounts } from './0009-accounts.ts'

/** The same on PostgreSQL, with announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addAccounts(db)
  await sql`
    create trigger registrations_announce after insert or update or delete on registrations
    for each statement execute function announce_change('registrations')
  `.execute(db)
}
