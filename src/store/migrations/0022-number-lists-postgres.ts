import { type Kysely, sql } from 'kysely'
import { createNumberLists } from './0022-number-lists.ts'

/** The same on PostgreSQL, with announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createNumberLists(db, 'bytea')
  await sql`
    create trigger ${sql.ref('number_lists_announce')} after insert or update or delete on ${sql.table('number_lists')}
    for each statement execute function announce_change('number_lists')
  `.execute(db)
}
