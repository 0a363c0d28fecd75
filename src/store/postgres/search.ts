import { type SqlBool, sql } from 'kysely'
import type { Containing } from '../engine.ts'
import type { SoughtWords } from '../words.ts'

/** The planner picks the indices (pg_trgm, tsvector) where there are some and the word is rare; else it reads by time. */
export function contains(needle: string, words?: SoughtWords): Containing {
  const pattern = `%${needle.replace(/[\\%_]/g, '\\$&')}%`
  const condition = words
    ? sql<SqlBool>`("search" like ${pattern} or "said" @@ ${tsQuery(words)}::tsquery)`
    : sql<SqlBool>`"search" like ${pattern}`
  return { condition, leads: false }
}

/** Words are letters and digits alone (words.ts), so none of them is syntax. */
const tsQuery = ({ whole, begun }: SoughtWords): string =>
  [...whole.map((word) => `'${word}'`), `'${begun}':*`].join(' & ')
