import { type Kysely, sql } from 'kysely'
import { createTelling, TOLD, type Told } from './0019-telling.ts'

/** On SQLite, with triggers by which an event waits from the very moment of its fact. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTelling(db, 'integer')
  for (const told of TOLD) await createTrigger(db, told)
}

export async function createTrigger(
  db: Kysely<unknown>,
  { table, name, on, when, at, event }: Told,
): Promise<void> {
  await sql`
    create trigger ${sql.table(`${table}_tell_${name}`)} after ${sql.raw(on)} on ${sql.table(table)}
    when ${sql.raw(when)} begin
      insert into outbox (id, "targetId", event, "subject", at, "waitsSince", "nextTryAt")
      select lower(hex(randomblob(16))), id, ${sql.lit(event)}, new.id, ${sql.raw(`${at}, ${at}, ${at}`)}
      from targets where enabled = 1 and instr(events, ${sql.lit(`"${event}"`)}) > 0;
    end
  `.execute(db)
}
