import { type Expression, type SqlBool, sql } from 'kysely'

/** The condition that a contact has the needle (needleOf) in its name or note. */
export function namesContact(needle: string): Expression<SqlBool> {
  return contains('contacts.search', needle)
}

/** By reading each row: contacts are thousands at most. */
export function contains(column: string, needle: string): Expression<SqlBool> {
  const pattern = `%${needle.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`
}
