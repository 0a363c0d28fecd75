import { type SqlBool, sql } from 'kysely'
import type { Containing } from '../engine.ts'

/** The planner picks the trigram index (pg_trgm) where there is one and the word is rare; else it reads by time. */
export function contains(needle: string): Containing {
  const pattern = `%${needle.replace(/[\\%_]/g, '\\$&')}%`
  return { condition: sql<SqlBool>`"search" like ${pattern}`, leads: false }
}
