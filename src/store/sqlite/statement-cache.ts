import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** More shapes of query than the program has; a bound, should somebody find a way to make more. */
const MAX_STATEMENTS = 300

/**
 * The database as Kysely sees it, with statements prepared once: Kysely's own driver prepares on every query, which
 * costs more than most of our queries do.
 */
export function cacheStatements(db: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement<unknown[]>>()
  return {
    prepare(sql) {
      let statement = statements.get(sql)
      if (!statement) {
        if (statements.size >= MAX_STATEMENTS) statements.clear()
        statement = db.prepare<unknown[]>(sql)
        // A statement of the schema's, or a transaction's, is not worth a place.
        if (/^(select|insert|update|delete)/i.test(sql)) statements.set(sql, statement)
      }
      return statement
    },
    close: () => void db.close(),
  }
}
