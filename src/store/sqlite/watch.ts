import type Sqlite from 'better-sqlite3'
import type { Clock, Timer } from '../../shared/clock.ts'

/** How often other processes' commits are looked for. Reading a number from shared memory: some 2 µs. */
const POLL_MS = 100

/**
 * Calls back when another connection, in this process or another, has committed: `PRAGMA data_version` changes then,
 * and never by our own commits. Returns the end of it.
 */
export function watchOtherWriters(db: Sqlite.Database, clock: Clock, heard: () => void): () => void {
  const statement = db.prepare<[], number>('PRAGMA data_version').pluck()
  let version = statement.get()
  let timer: Timer
  const poll = (): void => {
    timer = clock.setTimer(POLL_MS, poll)
    let seen = version
    try {
      seen = statement.get()
    } catch {
      // Locked for the moment, or the disk fails: whoever uses the store learns of it, and this looks again.
    }
    if (seen === version) return
    version = seen
    heard()
  }
  timer = clock.setTimer(POLL_MS, poll)
  return () => timer.cancel()
}
