import { chmod, rename, rm } from 'node:fs/promises'
import Sqlite from 'better-sqlite3'
import { explainSqliteError } from './explain.ts'

/** What a database holds, read without opening it as a store: it may be older or newer than this program. */
export interface DatabaseContents {
  /** The migrations that it has seen, oldest first. */
  readonly migrations: readonly string[]
  readonly messages: number
  /** Files below `recordings/` and `greetings/` that rows name: of messages, and of names that callers have said. */
  readonly recordings: readonly string[]
  readonly greetings: readonly string[]
}

/** More pages than any database has: all of them in one step. */
const ALL_PAGES = 0x7fff_ffff

/**
 * Copies a database while others write to it: the copy is of one moment. Throws AP_STORE_* when it can't be read, or
 * the copy not written; then there is no copy.
 */
export async function copyDatabase(file: string, copy: string): Promise<void> {
  const growing = `${copy}.new`
  try {
    const db = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      // In one step, or each write of another process would have it begin anew.
      await db.backup(growing, { progress: () => ALL_PAGES })
    } finally {
      db.close()
    }
    await chmod(growing, 0o600)
    leaveWal(growing)
    await rename(growing, copy)
  } catch (error) {
    await rm(growing, { force: true })
    throw explainSqliteError(error, file)
  }
}

/** Makes it one file, that stays one when it is read. */
function leaveWal(file: string): void {
  const db = new Sqlite(file)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

/** Reads what a database holds. Throws AP_STORE_* when it is none. */
export function readContents(file: string): DatabaseContents {
  try {
    const db = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      const column = (query: string) => db.prepare<[], string>(query).pluck().all()
      const messages = column('select file from messages order by id')
      const hasNames = column("select name from pragma_table_info('calls')").includes('saidName')
      const names = hasNames
        ? column(`select json_extract(saidName, '$.file') from calls where saidName is not null order by id`)
        : []
      return {
        migrations: column('select name from kysely_migration order by name'),
        messages: messages.length,
        recordings: [...messages, ...names],
        greetings: column('select file from greetings order by id'),
      }
    } finally {
      db.close()
    }
  } catch (error) {
    throw explainSqliteError(error, file)
  }
}
