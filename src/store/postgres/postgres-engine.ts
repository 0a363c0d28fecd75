import { type Kysely, sql } from 'kysely'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { migrationsOf } from '../migrations/all.ts'
import type { Schema } from '../schema.ts'
import { explainPostgresError, isDeadlock } from './explain.ts'
import { contains } from './search.ts'

const ATTEMPTS = 3

export interface PostgresEngineOptions {
  readonly kysely: Kysely<Schema>
  /** Where the server is, as errors name it: without credentials. */
  readonly server: string
  /** Listens on the channel of changes; `heard` gets the table, or none after a time of deafness. */
  listen(heard: (tables: readonly string[]) => void): () => void
}

/** PostgreSQL as the store's engine, after bringing its schema up to date. Rejects with AP_STORE_*. */
export async function createPostgresEngine(options: PostgresEngineOptions): Promise<Engine> {
  const { kysely, server, listen } = options
  try {
    await migrate(kysely, migrationsOf('postgres'))
  } catch (error) {
    await kysely.destroy()
    throw explainPostgresError(error, server)
  }

  return {
    kysely,
    watchesOthersOnly: false,
    explain: (error) => explainPostgresError(error, server),
    containing: async (_table, needle, words) => contains(needle, words),
    watch: listen,
    // A commit is answered when it is on disk (synchronous_commit).
    flush: async () => undefined,

    async write(query) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await kysely.executeQuery(query)
        } catch (error) {
          // Two writers that move messages between states the other way round meet in message_counts.
          if (!isDeadlock(error) || attempt === ATTEMPTS) throw error
        }
      }
    },

    together: (run) =>
      kysely.transaction().execute((transaction) => run((query) => transaction.executeQuery(query))),

    async check() {
      const { rows } = await sql<{ readOnly: string }>`
        select current_setting('transaction_read_only') as "readOnly"
      `.execute(kysely)
      if (rows[0]?.readOnly === 'on') throw new AnswerphoneError('AP_STORE_READ_ONLY', { file: server })
    },

    close: () => kysely.destroy(),
  }
}
