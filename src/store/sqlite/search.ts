import type Sqlite from 'better-sqlite3'
import { type Expression, type SqlBool, sql } from 'kysely'

/** The trigram index knows words of three characters and more. */
const SHORTEST_INDEXED = 3
/** Up to here a word is rare, and the rows that have it are fetched one by one. */
const RARE = 1000

/**
 * A rare word is looked up in the trigram index and gives a short list of rows. A common one is not: reading the
 * messages in order of time finds a page of it soon, and sorting half of all messages would be slower. So neither
 * takes long, at any number of messages.
 */
export function createSearch(db: Sqlite.Database) {
  const lookUp = {
    messages: prepareLookUp(db, 'messages_search'),
    calls: prepareLookUp(db, 'calls_search'),
  }

  return (table: 'messages' | 'calls', needles: readonly string[]): Expression<SqlBool> => {
    const contains = needles.map((needle) => sql<SqlBool>`instr("search", ${needle}) > 0`)
    const either = sql<SqlBool>`(${sql.join(contains, sql` or `)})`
    if (needles.some((needle) => [...needle].length < SHORTEST_INDEXED)) return either

    const phrases = needles.map((needle) => `"${needle.replaceAll('"', '""')}"`).join(' OR ')
    const rows = lookUp[table].all(phrases)
    if (rows.length > RARE) return either
    return sql<SqlBool>`"seq" in (select value from json_each(${JSON.stringify(rows)}))`
  }
}

function prepareLookUp(db: Sqlite.Database, index: string): Sqlite.Statement<[string], number> {
  return db
    .prepare<[string], number>(`select rowid from ${index} where ${index} match ? limit ${RARE + 1}`)
    .pluck()
}
