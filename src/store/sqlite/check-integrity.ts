import Sqlite from 'better-sqlite3'
import { explainSqliteError } from './explain.ts'

/**
 * Reads the whole database and gives what SQLite finds wrong with it; empty when it is sound. Changes nothing, and may
 * run beside the machine. Throws AP_STORE_* when the file can't be read.
 */
export function checkIntegrity(file: string): string[] {
  try {
    const db = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      const found = db.prepare<[], string>('PRAGMA quick_check(5)').pluck().all()
      return found.filter((line) => line !== 'ok')
    } finally {
      db.close()
    }
  } catch (error) {
    throw explainSqliteError(error, file)
  }
}
