import type Sqlite from 'better-sqlite3'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { SearchedTable } from '../engine.ts'

/** The index knows words by parts of three characters. */
const GRAM = 3
/**
 * Of a longer needle its end is looked up: a phrase costs by its every gram and by all the rows that have one, and
 * the beginning of a number is what all numbers have.
 */
const LONGEST_LOOKED_UP = 6
/** Rows added to the index at a time: some 5 ms of work. */
const PORTION = 250
/** Between portions, for the calls. */
const PAUSE_MS = 10
/** After every word of the vocabulary that begins with a needle. */
const LAST = '\u{10ffff}'

/**
 * The trigram index of a table (FTS5). A row added to it on its own costs 150 µs, in a batch a tenth of that; so a
 * call's writes leave it alone. A search reads the rows that are not in it yet one by one, and then has them added, a
 * portion at a time.
 */
export interface SearchIndex {
  /**
   * The `seq` of all rows that contain the needle, and perhaps of some that do not; undefined when they are, or seem
   * to be, more than `limit`.
   */
  find(needle: string, limit: number): readonly number[] | undefined
  close(): void
}

export function openSearchIndex(db: Sqlite.Database, table: SearchedTable, clock: Clock): SearchIndex {
  const index = `${table}_search`
  // The highest row that is in the index; all below are.
  const indexedTo = db.prepare<[], number | null>(`select max(id) from ${index}_docsize`).pluck()
  const lookUp = db
    .prepare<[string, number], number>(`select rowid from ${index} where ${index} match ? limit ?`)
    .pluck()
  const readRest = db
    .prepare<[number, string, number], number>(
      `select seq from ${table} where seq > ? and instr(search, ?) > 0 limit ?`,
    )
    .pluck()
  const grams = db.prepare<[string, string], { term: string; doc: number }>(
    `select term, doc from ${table}_words where term >= ? and term < ?`,
  )
  const add = db.prepare<[number, number]>(
    `insert or replace into ${index} (rowid, search)
     select seq, search || char(10, 10) from ${table} where seq > ? order by seq limit ?`,
  )
  let catchingUp: Timer | undefined

  const catchUp = (): void => {
    catchingUp = undefined
    try {
      if (add.run(indexedTo.get() ?? 0, PORTION).changes === PORTION)
        catchingUp = clock.setTimer(PAUSE_MS, catchUp)
    } catch {
      // Locked, or no room: searches go on without, and the next one tries again.
    }
  }

  /** The parts of three that a word is looked up by: itself, or all that begin with it. Undefined: too many rows. */
  const phrasesFor = (needle: string, limit: number): readonly string[] | undefined => {
    const characters = [...needle]
    if (characters.length >= GRAM) return [characters.slice(-LONGEST_LOOKED_UP).join('')]
    const phrases: string[] = []
    let rows = 0
    for (const { term, doc } of grams.iterate(needle, needle + LAST)) {
      rows += doc
      if (rows > limit) return undefined
      phrases.push(term)
    }
    return phrases
  }

  return {
    find(needle, limit) {
      catchingUp ??= clock.setTimer(PAUSE_MS, catchUp)
      const phrases = phrasesFor(needle, limit)
      if (!phrases) return undefined
      const rows = readRest.all(indexedTo.get() ?? 0, needle, limit + 1)
      if (phrases.length > 0 && rows.length <= limit)
        rows.push(...lookUp.all(phrases.map(quote).join(' OR '), limit + 1 - rows.length))
      return rows.length <= limit ? rows : undefined
    },
    close: () => catchingUp?.cancel(),
  }
}

/** A string of FTS5's query language. */
const quote = (phrase: string): string => `"${phrase.replaceAll('"', '""')}"`
