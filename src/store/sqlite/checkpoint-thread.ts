import { workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/**
 * PASSIVE copies without holding anybody up, the second time what came during the first. Where commits come too close
 * for one to end between two of them, the little that is left is copied with the write lock held, or the WAL would never
 * begin again: commits wait for that in timers (sqlite-engine.ts).
 */
const PASSES = ['PASSIVE', 'PASSIVE', 'FULL'] as const
/** How long FULL waits for the write lock, and with it for readers; then it copies what it may. */
const BUSY_TIMEOUT_MS = 10

/** Copies the WAL into the database, as far as its readers allow, syncs both, and ends. See checkpoint-behind.ts. */
const db = new Sqlite(workerData as string, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
try {
  db.pragma('synchronous = NORMAL')
  for (const mode of PASSES) {
    db.pragma(`wal_checkpoint(${mode})`)
    // Asked anew: the copying itself counts only what was there when it began.
    const [wal] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
    if (wal?.log === wal?.checkpointed) break
  }
} finally {
  db.close()
}
