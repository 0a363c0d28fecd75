import { type RawBuilder, sql } from 'kysely'
import type { Containing } from '../engine.ts'

/**
 * Names columns in the conditions beside a search. Where the search leads, a unary plus keeps SQLite from taking an
 * index on the column instead (sqlite.org/optoverview.html, "disqualifying terms using unary +").
 */
export function columnsFor(found: Containing | undefined): (name: string) => RawBuilder<unknown> {
  return found?.leads ? (name) => sql`+${sql.ref(name)}` : (name) => sql.ref(name)
}
