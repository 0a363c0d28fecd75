import { type Kysely, sql } from 'kysely'
import { createTranscripts } from './0018-words.ts'

/** The same on SQLite, with an index of whole words. Only what is transcribed is in it: a call's own writes leave it alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTranscripts(db)
  // `words` is folded and taken apart already (words.ts), so every token is one. Which row has it is all that is asked.
  await sql`
    create virtual table messages_said
    using fts5(words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2')
  `.execute(db)
  await sql`create virtual table messages_said_words using fts5vocab(messages_said, row)`.execute(db)
  await sql`
    create trigger messages_said_change after update of words on messages when old.words <> new.words begin
      insert or replace into messages_said (rowid, words) values (new.seq, new.words);
    end
  `.execute(db)
  await sql`
    create trigger messages_said_remove after delete on messages when old.words <> '' begin
      delete from messages_said where rowid = old.seq;
    end
  `.execute(db)
}
