import { type Kysely, sql } from 'kysely'
import { createTranscripts } from './0018-words.ts'

/**
 * The same on PostgreSQL: `words` are lexemes already (words.ts), so they become a vector as they are and no parser takes
 * them apart in its own way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTranscripts(db)
  await sql`
    alter table messages add column said tsvector
    generated always as (array_to_tsvector(string_to_array(btrim(words), ' '))) stored
  `.execute(db)
  await sql`create index messages_said on messages using gin (said)`.execute(db)
  await sql`
    create trigger transcripts_announce after insert or update or delete on transcripts
    for each statement execute function announce_change('transcripts')
  `.execute(db)
}
