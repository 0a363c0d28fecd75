import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type Sqlite from 'better-sqlite3'
import type { Clock, Timer } from '../../shared/clock.ts'
import { entryBeside } from '../../shared/entry-beside.ts'
import type { Log } from '../../shared/log.ts'

/** 4 MB, SQLite's own measure. */
const DUE_PAGES = 1000
/** How often the WAL is looked at: some 10 µs. */
const POLL_MS = 500
/** Pause after a checkpoint that failed, or that a reader kept from getting through. */
const RETRY_MS = 5000

export interface CheckpointBehindOptions {
  readonly db: Sqlite.Database
  readonly file: string
  readonly clock: Clock
  readonly log: Log
}

/** Stops looking; resolves when no thread has the database open any more. */
export interface CheckpointBehind {
  close(): Promise<void>
}

/**
 * Checkpoints in a short-lived thread with a connection of its own, whenever the WAL has grown: two fdatasync and
 * megabytes of writing would stop the main thread for as long as the disk likes. Once all is copied, the next write
 * begins the WAL from its start again.
 */
export function checkpointBehind({ db, file, clock, log }: CheckpointBehindOptions): CheckpointBehind {
  // NOOP copies nothing and says how much there is. The file's size does not: it stays when the WAL begins again.
  const look = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)')
  let running: Worker | undefined
  let timer: Timer
  let closed = false

  const isDue = (): boolean => {
    try {
      const wal = look.get()
      return wal !== undefined && wal.log - wal.checkpointed >= DUE_PAGES
    } catch {
      return false // Locked for the moment.
    }
  }
  const lookIn = (delayMs: number): void => {
    timer = clock.setTimer(delayMs, () => {
      if (isDue()) start()
      else lookIn(POLL_MS)
    })
  }
  const start = (): void => {
    const worker = new Worker(entryBeside(import.meta.url, 'checkpoint-thread'), {
      workerData: file,
      name: 'checkpoint',
      execArgv: [],
    })
    worker.unref()
    worker.on('error', (error) => log.debug({ err: error }, 'a checkpoint failed; it is tried again'))
    worker.once('exit', () => {
      running = undefined
      if (!closed) lookIn(isDue() ? RETRY_MS : POLL_MS)
    })
    running = worker
  }

  lookIn(POLL_MS)
  return {
    async close() {
      closed = true
      timer.cancel()
      if (!running) return
      running.ref()
      await once(running, 'exit')
    },
  }
}
