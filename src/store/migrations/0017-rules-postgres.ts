import { type Kysely, sql } from 'kysely'
import { createRules } from './0017-rules.ts'

/** The same on PostgreSQL, with announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRules(db)
  await sql`
    create trigger rules_announce after insert or update or delete on rules
    for each statement execute function announce_change('rules')
  `.execute(db)
}
