import type Sqlite from 'better-sqlite3'
import { type SqlBool, sql } from 'kysely'
import type { Clock } from '../../shared/clock.ts'
import type { Containing, SearchedTable } from '../engine.ts'
import { openSearchIndex } from './search-index.ts'

/** Up to here a word is rare, and the rows that have it are fetched one by one. */
const RARE = 2000

/** The search of a table's `search` column by parts of words. */
export interface Search {
  containing(table: SearchedTable, needle: string): Containing
  close(): void
}

/**
 * A rare word is looked up in the trigram index and gives a short list of rows. A common one is not: reading the
 * rows in order of time finds a page of it soon, and sorting half of all rows would be slower. So neither takes
 * long, at any number of rows.
 */
export function createSearch(db: Sqlite.Database, clock: Clock): Search {
  const indices = {
    messages: openSearchIndex(db, 'messages', clock),
    calls: openSearchIndex(db, 'calls', clock),
  }
  return {
    containing(table, needle) {
      const rows = indices[table].find(needle, RARE)
      const contains = sql<SqlBool>`instr("search", ${needle}) > 0`
      if (!rows) return { condition: contains, leads: false }
      const listed = sql`(select value from json_each(${JSON.stringify(rows)}))`
      return { condition: sql<SqlBool>`("seq" in ${listed} and ${contains})`, leads: true }
    },
    close() {
      indices.messages.close()
      indices.calls.close()
    },
  }
}
