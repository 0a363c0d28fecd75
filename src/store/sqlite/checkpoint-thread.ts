import { workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** Copies the WAL into the database, as far as its readers allow, syncs both, and ends. See checkpoint-behind.ts. */
const db = new Sqlite(workerData as string, { fileMustExist: true })
try {
  db.pragma('synchronous = NORMAL')
  db.pragma('wal_checkpoint(PASSIVE)')
} finally {
  db.close()
}
