import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { CompiledQuery, Kysely, type QueryResult, SqliteDialect } from 'kysely'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Engine, Weight } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { checkpointBehind } from './checkpoint-behind.ts'
import { explainSqliteError, isFull, isLocked } from './explain.ts'
import { createWalFlush } from './flush-wal.ts'
import type { Reserve } from './reserve.ts'
import { createSearch } from './search.ts'
import { cacheStatements } from './statement-cache.ts'
import { watchOtherWriters } from './watch.ts'

/** For how long a write waits for another process to let go of the database. */
const LOCK_PATIENCE_MS = 5000
const LOCK_RETRY_MS = 25
/** Below this there is no telling whether the next write has room. */
const MIN_FREE_BYTES = 256 * 1024
/**
 * Pages in the WAL before a write itself puts them into the database: SQLite's default; more where a thread does it
 * long before, 64 MB, should that fail for long. On the reserve they go soon, so that its room is taken by what is written
 * and not by its copies in the WAL.
 */
const CHECKPOINT_PAGES = 1000
const CHECKPOINT_PAGES_AT_LAST = 16_000
const CHECKPOINT_PAGES_ON_RESERVE = 16
/** How often a reserve that was given up is tried again. */
const RESTORE_MS = 5000

export interface SqliteEngineOptions {
  readonly db: Sqlite.Database
  readonly file: string
  readonly reserve: Reserve
  /** Whether a thread checkpoints: for a process with calls, which must not wait for the disk. */
  readonly checkpointsBehind: boolean
  readonly clock: Clock
  readonly log: Log
}

/** SQLite as the store's engine. The schema must be there already: the search prepares its statements at once. */
export function createSqliteEngine(options: SqliteEngineOptions): Engine {
  const { db, file, reserve, checkpointsBehind, clock, log } = options
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cacheStatements(db) }) })
  const wal = createWalFlush(file)
  const search = createSearch(db, clock)
  const checkpoints = checkpointsBehind ? checkpointBehind({ db, file, clock, log }) : undefined
  let restoreDueAt = 0

  const setCheckpointPages = (): void => {
    const pages = checkpointsBehind ? CHECKPOINT_PAGES_AT_LAST : CHECKPOINT_PAGES
    db.pragma(`wal_autocheckpoint = ${reserve.held ? pages : CHECKPOINT_PAGES_ON_RESERVE}`)
  }
  setCheckpointPages()

  const full = (cause?: unknown) => new AnswerphoneError('AP_STORE_FULL', { file }, { cause })

  /** Whether an ordinary write may go ahead; builds the reserve again when it is time to. */
  const hasReserve = async (): Promise<boolean> => {
    if (reserve.held) return true
    if (clock.monotonic() < restoreDueAt) return false
    restoreDueAt = clock.monotonic() + RESTORE_MS
    if (!(await reserve.restore()) || !db.open) return false
    setCheckpointPages()
    log.info('the disk has room again: the reserve is back')
    return true
  }
  const goOnReserve = (): boolean => {
    if (!reserve.release()) return false
    setCheckpointPages()
    restoreDueAt = clock.monotonic() + RESTORE_MS
    log.error('the disk is full: the database lives on its reserve')
    return true
  }

  /** Waits in timers rather than in SQLite's busy handler, which would stop the main thread and every call with it. */
  const patiently = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const deadline = clock.monotonic() + LOCK_PATIENCE_MS
    for (;;) {
      try {
        return await run()
      } catch (error) {
        if (!isLocked(error) || clock.monotonic() >= deadline) throw error
        await new Promise<void>((resolve) => clock.setTimer(LOCK_RETRY_MS, resolve))
      }
    }
  }

  return {
    kysely,
    watchesOthersOnly: true,
    explain: (error) => explainSqliteError(error, file),
    containing: async (...sought) => search.containing(...sought),
    watch: (heard) => watchOtherWriters(db, clock, () => heard([])),
    flush: () => wal.flush(),

    async write<Row>(query: CompiledQuery<Row>, weight: Weight): Promise<QueryResult<Row>> {
      const run = () => patiently(() => kysely.executeQuery(query))
      if (!(await hasReserve()) && weight === 'ordinary') throw full()
      try {
        return await run()
      } catch (error) {
        if (!isFull(error) || weight === 'ordinary' || !goOnReserve()) throw error
        return await run()
      }
    },

    async together(run) {
      if (!(await hasReserve())) throw full()
      return kysely.connection().execute(async (connection) => {
        const say = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
        // At once for writing: a transaction that began with reading can't wait for another writer, only fail.
        await patiently(() => say('begin immediate'))
        try {
          const result = await run((query) => connection.executeQuery(query))
          await say('commit')
          return result
        } catch (error) {
          // SQLite itself has rolled back where the disk is full, or gone.
          if (db.inTransaction) await say('rollback')
          throw error
        }
      })
    },

    async check() {
      // Takes the write lock and gives it back: tells a locked and a read-only database, and writes nothing.
      db.exec('begin immediate; rollback')
      const { bavail, bsize } = statfsSync(dirname(file))
      if (!(await hasReserve()) || bavail * bsize < MIN_FREE_BYTES) throw full()
    },

    async close() {
      search.close()
      await checkpoints?.close()
      await wal.close()
      await kysely.destroy()
      if (db.open) db.close()
    },
  }
}
