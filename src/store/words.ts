import { fold } from './fold.ts'

/** A message of three minutes has some 500. */
const MOST_WORDS = 20_000
/** PostgreSQL takes lexemes of 2 kB; nobody says a longer word. */
const LONGEST_WORD = 64
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u

/** The words of a text as they are compared: lower case, without accents, letters and digits alone. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (const word of fold(text).split(BETWEEN_WORDS)) {
    if (words.length === MOST_WORDS) break
    if (word !== '') words.push(word.slice(0, LONGEST_WORD))
  }
  return words
}

/** What the `words` column holds for these parts: each word once, a space before and after each; '' for none. */
export function wordText(...parts: readonly (string | null)[]): string {
  const words = new Set(parts.flatMap((part) => (part ? wordsOf(part) : [])))
  return words.size === 0 ? '' : ` ${[...words].join(' ')} `
}

/** What somebody looks for: all of these words, the last of which may be only begun. */
export interface SoughtWords {
  readonly whole: readonly string[]
  readonly begun: string
}

/** More than anybody types. */
const MOST_SOUGHT = 16

/** Undefined where there is no word in it. After a space the last word is whole, too. */
export function soughtWords(query: string): SoughtWords | undefined {
  const words = [...new Set(wordsOf(query))].slice(0, MOST_SOUGHT)
  const begun = words.pop()
  return begun === undefined ? undefined : { whole: words, begun }
}
