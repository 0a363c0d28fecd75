import { type Kysely, sql } from 'kysely'
import { addLimits } from './0025-limits.ts'

const add = `
  insert into message_counts ("mailboxId", state, count, ms)
  values (new."mailboxId", new.state, 1, new."durationMs")
  on conflict do update set count = count + 1, ms = ms + new."durationMs";
`
const remove = `
  update message_counts set count = count - 1, ms = ms - old."durationMs"
  where "mailboxId" = old."mailboxId" and state = old.state;
`

/** On SQLite, with the counters of 0001 made anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addLimits(db)
  for (const [name, when, acts] of [
    ['add', 'insert', add],
    ['remove', 'delete', remove],
    ['change', 'update of "mailboxId", state', remove + add],
  ] as const) {
    const trigger = sql.table(`messages_count_${name}`)
    await sql`drop trigger ${trigger}`.execute(db)
    await sql`create trigger ${trigger} after ${sql.raw(when)} on messages begin ${sql.raw(acts)} end`.execute(
      db,
    )
  }
}
