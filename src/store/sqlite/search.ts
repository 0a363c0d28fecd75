import type Sqlite from 'better-sqlite3'
import { type SqlBool, sql } from 'kysely'
import type { Clock } from '../../shared/clock.ts'
import type { Containing, SearchedTable } from '../engine.ts'
import type { SoughtWords } from '../words.ts'
import { openSearchIndex } from './search-index.ts'
import { openWordIndex } from './word-index.ts'

/** Up to here a word is rare, and the rows that have it are fetched one by one. */
const RARE = 2000

/** The search of a table's `search` column by parts of words, and of what was said by whole ones. */
export interface Search {
  containing(table: SearchedTable, needle: string, words?: SoughtWords): Containing
  close(): void
}

/**
 * A rare word is looked up in the index and gives a short list of rows. A common one is not: reading the
 * rows in order of time finds a page of it soon, and sorting half of all rows would be slower. So neither takes
 * long, at any number of rows.
 */
export function createSearch(db: Sqlite.Database, clock: Clock): Search {
  const indices = {
    messages: openSearchIndex(db, 'messages', clock),
    calls: openSearchIndex(db, 'calls', clock),
  }
  const said = openWordIndex(db)
  return {
    containing(table, needle, words) {
      const parts = indices[table].find(needle, RARE)
      const contains = sql<SqlBool>`instr("search", ${needle}) > 0`
      const matches = words ? sql<SqlBool>`(${contains} or ${says(words)})` : contains
      const spoken = words ? parts && said.find(words, RARE) : []
      if (!parts || !spoken) return { condition: matches, leads: false }
      const listed = sql`(select value from json_each(${JSON.stringify([...parts, ...spoken])}))`
      return { condition: sql<SqlBool>`("seq" in ${listed} and ${matches})`, leads: true }
    },
    close() {
      indices.messages.close()
      indices.calls.close()
    },
  }
}

/** Read from the row itself: `words` has a space before and after each word. */
function says({ whole, begun }: SoughtWords) {
  const parts = [...whole.map((word) => ` ${word} `), ` ${begun}`]
  return sql<SqlBool>`(${sql.join(
    parts.map((part) => sql`instr("words", ${part}) > 0`),
    sql` and `,
  )})`
}
