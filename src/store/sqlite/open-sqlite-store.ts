import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Clock } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createStore } from '../create-store.ts'
import { migrate } from '../migrate.ts'
import { migrationsOf } from '../migrations/all.ts'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'
import { explainSqliteError, isFull } from './explain.ts'
import { keepOld } from './keep-old.ts'
import { createReserve } from './reserve.ts'
import { createSqliteEngine } from './sqlite-engine.ts'

/**
 * How long SQLite itself waits for a lock, with the main thread standing still. Long enough for a single write of
 * another process; longer waits are the engine's, in timers.
 */
const BUSY_TIMEOUT_MS = 20
/** Migrating waits for another process that migrates just now. */
const MIGRATION_BUSY_TIMEOUT_MS = 10_000

/** In place of a path: a database that is gone when it is closed. */
export const IN_MEMORY = ':memory:'

export interface SqliteStoreOptions {
  /** Path of the database; made, readable by its owner only, where it is missing. Or IN_MEMORY. */
  readonly file: string
  readonly clock: Clock
  readonly makeId: MakeId
  readonly log: Log
  /**
   * Room on the disk to hold back for what a call leaves behind, in the file `reserve` beside the database. For the
   * process that owns the data directory, which checkpoints in a thread, too; default 0: none.
   */
  readonly reserveBytes?: number
}

/** Opens the database and brings its schema up to date. Rejects with AP_STORE_*. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { file, clock, makeId, log } = options
  const { reserveBytes = 0 } = options
  const reserve = createReserve(join(dirname(file), 'reserve'), reserveBytes)
  const open = async () => {
    const db = openDatabase(file)
    try {
      await migrateDatabase(db, file)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  }
  try {
    const db = await open().catch((error: unknown) => {
      if (!isFull(error) || !reserve.release()) throw error
      log.error('the disk is full: the database lives on its reserve')
      return open()
    })
    await reserve.restore()
    const checkpointsBehind = reserveBytes > 0
    return createStore(createSqliteEngine({ db, file, reserve, checkpointsBehind, clock, log }), makeId, log)
  } catch (error) {
    throw explainSqliteError(error, file)
  }
}

function openDatabase(file: string): Sqlite.Database {
  // SQLite gives its -wal and -shm files the mode of the database, so this one matters.
  if (file !== IN_MEMORY) {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
  }
  const db = new Sqlite(file, { timeout: MIGRATION_BUSY_TIMEOUT_MS })
  try {
    // Why NORMAL: docs/decisions/0004-sqlite-durability.md.
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = NORMAL',
      'foreign_keys = ON',
      'temp_store = MEMORY',
      'journal_size_limit = 16777216',
    ])
      db.pragma(pragma)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

async function migrateDatabase(db: Sqlite.Database, file: string): Promise<void> {
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: db }) })
  await migrate(kysely, migrationsOf('sqlite'), (first) => keepOld(file, first))
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
}
