import { AnswerphoneError } from '../../shared/errors.ts'
import { ConstraintViolation } from '../engine.ts'

/** The result codes of SQLite (sqlite.org/rescode.html), as better-sqlite3 names them, in terms of the catalogue. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const code = codeOf(error)
  const say = (catalogued: SqliteErrorCode) => new AnswerphoneError(catalogued, { file }, { cause: error })

  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return new ConstraintViolation('unique', error)
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new ConstraintViolation('foreign-key', error)
  if (isLocked(error)) return say('AP_STORE_LOCKED')
  if (isFull(error)) return say('AP_STORE_FULL')
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS') return say('AP_STORE_READ_ONLY')
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return say('AP_STORE_CORRUPT')
  if (/^(SQLITE_(CANTOPEN|IOERR|PERM|AUTH)|E[A-Z]+$)/.test(code)) return say('AP_STORE_UNWRITABLE')
  return error
}

type SqliteErrorCode =
  | 'AP_STORE_LOCKED'
  | 'AP_STORE_FULL'
  | 'AP_STORE_READ_ONLY'
  | 'AP_STORE_CORRUPT'
  | 'AP_STORE_UNWRITABLE'

export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

/** No room for the database, its WAL, or the WAL's index, which is what SQLITE_IOERR_SHMSIZE is about. */
export const isFull = (error: unknown): boolean =>
  ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'].includes(codeOf(error))

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
