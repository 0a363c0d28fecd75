import { type Kysely, sql } from 'kysely'
import { createTelling, TOLD, type Told } from './0019-telling.ts'

/** The same on PostgreSQL, with announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTelling(db, 'bigserial')
  for (const told of TOLD) {
    const { table, name, on, when } = told
    const trigger = `${table}_tell_${name}`
    await putFunction(db, told)
    await sql`
      create trigger ${sql.table(trigger)} after ${sql.raw(on)} on ${sql.table(table)}
      for each row when (${sql.raw(when)}) execute function ${sql.table(trigger)}()
    `.execute(db)
  }
  for (const table of ['targets', 'outbox'])
    await sql`
      create trigger ${sql.table(`${table}_announce`)} after insert or update or delete on ${sql.table(table)}
      for each statement execute function announce_change(${sql.lit(table)})
    `.execute(db)
}

/** What a trigger does, in place of what it did. */
export async function putFunction(db: Kysely<unknown>, { table, name, at, event }: Told): Promise<void> {
  await sql`
    create or replace function ${sql.table(`${table}_tell_${name}`)}() returns trigger language plpgsql as $$ begin
      insert into outbox (id, "targetId", event, "subject", at, "waitsSince", "nextTryAt")
      select replace(gen_random_uuid()::text, '-', ''), id, ${sql.lit(event)}, new.id, ${sql.raw(`${at}, ${at}, ${at}`)}
      from targets where enabled = 1 and strpos(events, ${sql.lit(`"${event}"`)}) > 0;
      return null;
    end $$
  `.execute(db)
}
