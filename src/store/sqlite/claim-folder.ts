import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { AnswerphoneError } from '../../shared/errors.ts'

/**
 * Claims a data directory for this process, so that no second machine writes into the same journal. The system lets go
 * of the claim with the process, however it ends: it is SQLite's own lock on an empty database.
 *
 * @throws AnswerphoneError AP_DATA_IN_USE when another process has it
 */
export function claimFolder(folder: string): Disposable {
  const db = new Sqlite(join(folder, 'claim'), { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    throw new AnswerphoneError('AP_DATA_IN_USE', { data: folder }, { cause: error })
  }
  return { [Symbol.dispose]: () => db.close() }
}

/** Whether a process has claimed the folder. */
export function isClaimed(folder: string): boolean {
  try {
    claimFolder(folder)[Symbol.dispose]()
    return false
  } catch {
    return true
  }
}
