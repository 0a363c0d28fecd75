import { type Kysely, sql } from 'kysely'
import { CHANNEL } from '../postgres/channel.ts'
import { createPhoneTables } from './0002-phones.ts'

const ANNOUNCED = ['phones', 'bindings', 'audit', 'blocked']

/** The same on PostgreSQL, with announcements; the mailboxes of a phone are announced as the phone's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPhoneTables(db)

  await sql`
    create or replace function announce_change() returns trigger language plpgsql as $$ begin
      perform pg_notify(${sql.lit(CHANNEL)}, coalesce(tg_argv[0], tg_table_name));
      return null;
    end $$
  `.execute(db)
  const announce = (table: string, as = table) =>
    sql`
      create trigger ${sql.raw(`${table}_announce`)} after insert or update or delete on ${sql.table(table)}
      for each statement execute function announce_change(${sql.lit(as)})
    `.execute(db)
  for (const table of ANNOUNCED) await announce(table)
  await announce('phone_mailboxes', 'phones')
}
