import { type Kysely, sql } from 'kysely'
import { createPushTable } from './0005-push.ts'

/** The same on PostgreSQL, with announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPushTable(db)
  await sql`
    create trigger push_subscriptions_announce after insert or update or delete on push_subscriptions
    for each statement execute function announce_change('push_subscriptions')
  `.execute(db)
}
