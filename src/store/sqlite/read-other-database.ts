import Sqlite from 'better-sqlite3'
import { AnswerphoneError } from '../../shared/errors.ts'

/** Rows of an SQLite database that is not ours; nothing is written. Throws AP_FILE_UNUSABLE. */
export function readOtherDatabase<Row>(file: string, query: string): Row[] {
  try {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      return database.prepare(query).all() as Row[]
    } finally {
      database.close()
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why }, { cause: error })
  }
}
