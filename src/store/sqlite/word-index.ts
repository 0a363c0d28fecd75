import type Sqlite from 'better-sqlite3'
import type { SoughtWords } from '../words.ts'

/** After every word of the vocabulary that begins with another. */
const LAST = '\u{10ffff}'

/** The index of whole words of `messages.words` (FTS5), which triggers keep. */
export interface WordIndex {
  /**
   * The `seq` of all rows that have the words, and perhaps of some that do not; undefined when they are, or seem to be,
   * more than `limit`.
   */
  find(words: SoughtWords, limit: number): readonly number[] | undefined
}

export function openWordIndex(db: Sqlite.Database): WordIndex {
  const lookUp = db
    .prepare<[string, number], number>('select rowid from messages_said where messages_said match ? limit ?')
    .pluck()
  const beginningWith = db.prepare<[string, string], { term: string; doc: number }>(
    'select term, doc from messages_said_words where term >= ? and term < ?',
  )

  /** The words of the vocabulary that begin so; undefined when too many rows have one. */
  const complete = (begun: string, limit: number): readonly string[] | undefined => {
    const terms: string[] = []
    let rows = 0
    for (const { term, doc } of beginningWith.iterate(begun, begun + LAST)) {
      rows += doc
      if (rows > limit) return undefined
      terms.push(term)
    }
    return terms
  }

  return {
    find({ whole, begun }, limit) {
      const terms = complete(begun, limit)
      if (terms?.length === 0) return []
      const phrases = whole.map(quote)
      // A beginning that many have is left out: whoever reads the rows asks for it.
      if (terms) phrases.push(`(${terms.map(quote).join(' OR ')})`)
      if (phrases.length === 0) return undefined
      const rows = lookUp.all(phrases.join(' AND '), limit + 1)
      return rows.length <= limit ? rows : undefined
    },
  }
}

/** A string of FTS5's query language; words are letters and digits alone (words.ts). */
const quote = (word: string): string => `"${word}"`
