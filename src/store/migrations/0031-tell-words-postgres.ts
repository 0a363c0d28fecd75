import { type Kysely, sql } from 'kysely'
import { tellWords, WHEN_WRITTEN } from './0031-tell-words.ts'

const tell = tellWords(
  `replace(gen_random_uuid()::text, '-', '')`,
  `strpos(targets.events, '"message-transcribed"')`,
)

/** The same on PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function transcripts_tell_done() returns trigger language plpgsql as $$ begin
      ${sql.raw(tell)}
      return null;
    end $$
  `.execute(db)
  await sql`
    create trigger transcripts_tell_done after update of state on transcripts
    for each row when (${sql.raw(WHEN_WRITTEN)}) execute function transcripts_tell_done()
  `.execute(db)
}
