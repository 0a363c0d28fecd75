import { type Kysely, sql } from 'kysely'
import { createFirstTables } from './0001-first.ts'

/** The first schema on SQLite: the tables, a trigram index for each searched table, and counters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createFirstTables(db, 'integer')

  for (const table of ['messages', 'calls']) {
    const source = sql.table(table)
    const index = sql.table(`${table}_search`)
    // `search` is folded already (fold.ts), so the tokenizer need not. Contentless: the text is in the table. Two more
    // characters follow each text, so that its last two begin a trigram, too: words of one or two are found by that.
    await sql`
      create virtual table ${index}
      using fts5(search, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')
    `.execute(db)
    await sql`
      create virtual table ${sql.table(`${table}_words`)} using fts5vocab(${sql.lit(`${table}_search`)}, row)
    `.execute(db)
    // Rows are added behind the writes (sqlite/search-index.ts), so only what is in the index already is kept right.
    await sql`
      create trigger ${sql.table(`${table}_search_remove`)} after delete on ${source} begin
        delete from ${index} where rowid = old.seq;
      end
    `.execute(db)
    await sql`
      create trigger ${sql.table(`${table}_search_change`)} after update of search on ${source}
      when old.seq <= (select max(id) from ${sql.table(`${table}_search_docsize`)}) begin
        insert or replace into ${index} (rowid, search) values (new.seq, new.search || char(10, 10));
      end
    `.execute(db)
  }

  await sql`
    create trigger messages_count_add after insert on messages begin
      insert into message_counts ("mailboxId", state, count) values (new."mailboxId", new.state, 1)
      on conflict do update set count = count + 1;
    end
  `.execute(db)
  await sql`
    create trigger messages_count_remove after delete on messages begin
      update message_counts set count = count - 1
      where "mailboxId" = old."mailboxId" and state = old.state;
    end
  `.execute(db)
  await sql`
    create trigger messages_count_change after update of "mailboxId", state on messages begin
      update message_counts set count = count - 1
      where "mailboxId" = old."mailboxId" and state = old.state;
      insert into message_counts ("mailboxId", state, count) values (new."mailboxId", new.state, 1)
      on conflict do update set count = count + 1;
    end
  `.execute(db)
}
