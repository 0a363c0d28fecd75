import { type Kysely, sql } from 'kysely'
import { createMails } from './0006-mails.ts'

/** The same on PostgreSQL, where the machine has to be told of a mail that another process adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMails(db)
  await sql`
    create trigger mails_announce after insert or update or delete on mails
    for each statement execute function announce_change('mails')
  `.execute(db)
}
