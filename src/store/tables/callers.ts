import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { comparable, endingOf } from '../../shared/same-number.ts'
import type { Database } from '../engine.ts'
import type { Numbered } from '../model.ts'
import { contains, namesContact } from './names-contact.ts'

/** What a row has of its caller's number besides the number itself. */
export interface Called {
  readonly callerKey: string | null
  readonly callerEnding: string | null
}

export function called(number: string | null, e164: string | null): Called {
  if (number === null) return { callerKey: null, callerEnding: null }
  const callerKey = comparable(e164 ?? number)
  return { callerKey, callerEnding: endingOf(callerKey) }
}

/** Numbers of contacts that a search takes in: a name that more have is no name to be looked for. */
const MOST_NUMBERS = 100

/**
 * The condition that a row's caller has this number: the very same where both are known in E.164, else however it is
 * written. The rows with its ending are one range of an index in order of time, and nearly all of them are the caller's.
 *
 * @param column names a column in a condition (columns-for.ts)
 */
export function isCaller(
  { number, e164 }: Numbered,
  column: (name: string) => RawBuilder<unknown> = sql.ref,
): Expression<SqlBool> {
  const key = comparable(e164 ?? number)
  // As `isSameNumber`: one ends as the other does. A key has no wildcards of LIKE but where its ending is all of it.
  const endsAlike = sql<SqlBool>`("callerKey" like '%' || ${key} or ${key} like '%' || "callerKey")`
  const same =
    e164 === null
      ? endsAlike
      : sql<SqlBool>`("callerE164" = ${e164} or ("callerE164" is null and ${endsAlike}))`
  return sql<SqlBool>`(${column('callerEnding')} = ${endingOf(key)} and ${same})`
}

/** The condition that a row's caller has one of these numbers: some ranges of the index. */
export const isOneOf = (
  callers: readonly Numbered[],
  column?: (name: string) => RawBuilder<unknown>,
): Expression<SqlBool> =>
  callers.length === 0
    ? sql<SqlBool>`1 = 0`
    : sql<SqlBool>`(${sql.join(
        callers.map((caller) => isCaller(caller, column)),
        sql` or `,
      )})`

/**
 * What `condition` finds, and what was said by callers about whom the needle was written: in the name or note of their
 * contact, or in a note on their number.
 */
export async function orWrittenAbout(
  { kysely, read }: Database,
  condition: Expression<SqlBool>,
  needle: string,
): Promise<Expression<SqlBool>> {
  const numbers = await read(
    kysely
      .selectFrom('contact_numbers')
      .innerJoin('contacts', 'contacts.id', 'contact_numbers.contactId')
      .select('number')
      .where(namesContact(needle))
      .limit(MOST_NUMBERS),
  )
  const noted = await read(
    kysely
      .selectFrom('caller_notes')
      .select('number')
      .where(contains('caller_notes.search', needle))
      .limit(MOST_NUMBERS),
  )
  const callers = [...numbers, ...noted].map(({ number }) => ({ number, e164: null }))
  return callers.length === 0 ? condition : sql<SqlBool>`(${condition} or ${isOneOf(callers)})`
}
