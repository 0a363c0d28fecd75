import { type Kysely, sql } from 'kysely'
import { tellWords, WHEN_WRITTEN } from './0031-tell-words.ts'

const tell = tellWords('lower(hex(randomblob(16)))', `instr(targets.events, '"message-transcribed"')`)

/** On SQLite. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger transcripts_tell_done after update of state on transcripts
    when ${sql.raw(WHEN_WRITTEN)} begin ${sql.raw(tell)} end
  `.execute(db)
}
