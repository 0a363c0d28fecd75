import { type Expression, type SqlBool, sql } from 'kysely'

/** The planner picks the trigram index (pg_trgm) where there is one and the words are rare; else reads by time. */
export function contains(needles: readonly string[]): Expression<SqlBool> {
  const conditions = needles.map((needle) => sql<SqlBool>`"search" like ${`%${escapeLike(needle)}%`}`)
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
