import { Kysely, PostgresDialect } from 'kysely'
import { type CustomTypesConfig, Pool, types } from 'pg'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createStore } from '../create-store.ts'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'
import { listenForChanges } from './listen.ts'
import { createPostgresEngine } from './postgres-engine.ts'

const CONNECT_PATIENCE_MS = 5000
const MAX_CONNECTIONS = 10

export interface PostgresStoreOptions {
  /** postgres://USER:PASSWORD@HOST:PORT/DATABASE, with the parameters of libpq. */
  readonly url: string
  readonly clock: Clock
  readonly makeId: MakeId
  readonly log: Log
}

/** Connects to the server and brings the schema up to date. Rejects with AP_STORE_*. */
export async function openPostgresStore({ url, clock, makeId, log }: PostgresStoreOptions): Promise<Store> {
  const server = serverOf(url)
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    application_name: 'answerphone',
  }
  const pool = new Pool({ ...connection, max: MAX_CONNECTIONS, types: numbersForInt8 })
  // A connection that breaks while nobody uses it: the next query makes another, or says why it can't.
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to the database was lost'))
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const listen = (heard: (tables: readonly string[]) => void) =>
    listenForChanges({ connection, clock, log }, heard)
  return createStore(await createPostgresEngine({ kysely, server, listen }), makeId, log)
}

/** Instants are bigint; they fit a double for the next 280,000 years. */
const numbersForInt8: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === types.builtins.INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format as 'text')) as CustomTypesConfig['getTypeParser'],
}

/** The server without its credentials. */
function serverOf(url: string): string {
  if (!URL.canParse(url))
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'The URL of the database is not a URL.' })
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
