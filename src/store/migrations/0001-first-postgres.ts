import { type Kysely, sql } from 'kysely'
import { CHANNEL } from '../postgres/channel.ts'
import { createFirstTables } from './0001-first.ts'

const ANNOUNCED = [
  'lines',
  'mailboxes',
  'greetings',
  'messages',
  'calls',
  'users',
  'tokens',
  'sessions',
  'settings',
]

/** The first schema on PostgreSQL: the tables, trigram indices where pg_trgm is to be had, counters, announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createFirstTables(db, 'bigserial')

  // Without pg_trgm (it is not installed, or only a superuser may) a search reads the rows in order of time.
  await sql`
    do $$ begin
      create extension if not exists pg_trgm;
      create index messages_search on messages using gin (search gin_trgm_ops);
      create index calls_search on calls using gin (search gin_trgm_ops);
    exception when others then
      raise notice 'no trigram index: %', sqlerrm;
    end $$
  `.execute(db)

  await sql`
    create function count_message() returns trigger language plpgsql as $$ begin
      if tg_op <> 'INSERT' then
        update message_counts set count = count - 1 where "mailboxId" = old."mailboxId" and state = old.state;
      end if;
      if tg_op <> 'DELETE' then
        insert into message_counts as counter ("mailboxId", state, count)
        values (new."mailboxId", new.state, 1)
        on conflict ("mailboxId", state) do update set count = counter.count + 1;
      end if;
      return null;
    end $$
  `.execute(db)
  await sql`
    create trigger messages_count after insert or delete or update of "mailboxId", state on messages
    for each row execute function count_message()
  `.execute(db)

  // Notifications of one transaction about one table are one (NOTIFY drops repetitions).
  await sql`
    create function announce_change() returns trigger language plpgsql as $$ begin
      perform pg_notify(${sql.lit(CHANNEL)}, tg_table_name);
      return null;
    end $$
  `.execute(db)
  for (const table of ANNOUNCED) {
    await sql`
      create trigger ${sql.raw(`${table}_announce`)} after insert or update or delete on ${sql.table(table)}
      for each statement execute function announce_change()
    `.execute(db)
  }
}
