import { type Kysely, sql } from 'kysely'
import { addLimits } from './0025-limits.ts'

/** The same on PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addLimits(db)
  await sql`
    create or replace function count_message() returns trigger language plpgsql as $$ begin
      if tg_op <> 'INSERT' then
        update message_counts set count = count - 1, ms = ms - old."durationMs"
        where "mailboxId" = old."mailboxId" and state = old.state;
      end if;
      if tg_op <> 'DELETE' then
        insert into message_counts as counter ("mailboxId", state, count, ms)
        values (new."mailboxId", new.state, 1, new."durationMs")
        on conflict ("mailboxId", state) do update
        set count = counter.count + 1, ms = counter.ms + new."durationMs";
      end if;
      return null;
    end $$
  `.execute(db)
}
