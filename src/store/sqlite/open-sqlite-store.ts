import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Clock } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createStore } from '../create-store.ts'
import { migrate } from '../migrate.ts'
import { up as first } from '../migrations/0001-first-sqlite.ts'
import { up as phones } from '../migrations/0002-phones-sqlite.ts'
import { up as callers } from '../migrations/0003-callers.ts'
import { up as contacts } from '../migrations/0004-contacts-sqlite.ts'
import { up as push } from '../migrations/0005-push-sqlite.ts'
import { up as mails } from '../migrations/0006-mails-sqlite.ts'
import { up as schedules } from '../migrations/0007-schedules.ts'
import { up as retention } from '../migrations/0008-retention.ts'
import { up as accounts } from '../migrations/0009-accounts-sqlite.ts'
import { up as srtp } from '../migrations/0010-srtp.ts'
import { up as lostLines } from '../migrations/0011-lost-lines.ts'
import { up as traces } from '../migrations/0012-traces-sqlite.ts'
import { up as identity } from '../migrations/0013-identity.ts'
import { up as callsOut } from '../migrations/0014-calls-out.ts'
import { up as internalCalls } from '../migrations/0015-internal-calls.ts'
import { up as encrypted } from '../migrations/0016-encrypted.ts'
import { up as rules } from '../migrations/0017-rules-sqlite.ts'
import { up as words } from '../migrations/0018-words-sqlite.ts'
import { up as telling } from '../migrations/0019-telling-sqlite.ts'
import { up as pins } from '../migrations/0020-pins.ts'
import { up as gates } from '../migrations/0021-gates.ts'
import { up as numberLists } from '../migrations/0022-number-lists-sqlite.ts'
import { up as people } from '../migrations/0023-people-sqlite.ts'
import { up as pinTries } from '../migrations/0024-pin-tries.ts'
import { up as limits } from '../migrations/0025-limits-sqlite.ts'
import { up as machines } from '../migrations/0028-machines.ts'
import { up as language } from '../migrations/0030-language.ts'
import { up as tellWords } from '../migrations/0031-tell-words-sqlite.ts'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'
import { explainSqliteError, isFull } from './explain.ts'
import { keepOld } from './keep-old.ts'
import { createReserve } from './reserve.ts'
import { createSqliteEngine } from './sqlite-engine.ts'

export const MIGRATIONS = {
  '0001-first': { up: first },
  '0002-phones': { up: phones },
  '0003-callers': { up: callers },
  '0004-contacts': { up: contacts },
  '0005-push': { up: push },
  '0006-mails': { up: mails },
  '0007-schedules': { up: schedules },
  '0008-retention': { up: retention },
  '0009-accounts': { up: accounts },
  '0010-srtp': { up: srtp },
  '0011-lost-lines': { up: lostLines },
  '0012-traces': { up: traces },
  '0013-identity': { up: identity },
  '0014-calls-out': { up: callsOut },
  '0015-internal-calls': { up: internalCalls },
  '0016-encrypted': { up: encrypted },
  '0017-rules': { up: rules },
  '0018-words': { up: words },
  '0019-telling': { up: telling },
  '0020-pins': { up: pins },
  '0021-gates': { up: gates },
  '0022-number-lists': { up: numberLists },
  '0023-people': { up: people },
  '0024-pin-tries': { up: pinTries },
  '0025-limits': { up: limits },
  '0028-machines': { up: machines },
  '0030-language': { up: language },
  '0031-tell-words': { up: tellWords },
}

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
  await migrate(kysely, MIGRATIONS, (first) => keepOld(file, first))
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
}
