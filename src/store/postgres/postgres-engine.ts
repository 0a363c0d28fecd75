import { type Kysely, sql } from 'kysely'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { up as first } from '../migrations/0001-first-postgres.ts'
import { up as phones } from '../migrations/0002-phones-postgres.ts'
import { up as callers } from '../migrations/0003-callers.ts'
import { up as contacts } from '../migrations/0004-contacts-postgres.ts'
import { up as push } from '../migrations/0005-push-postgres.ts'
import { up as mails } from '../migrations/0006-mails-postgres.ts'
import { up as schedules } from '../migrations/0007-schedules.ts'
import { up as retention } from '../migrations/0008-retention.ts'
import { up as accounts } from '../migrations/0009-accounts-postgres.ts'
import { up as srtp } from '../migrations/0010-srtp.ts'
import { up as lostLines } from '../migrations/0011-lost-lines.ts'
import { up as traces } from '../migrations/0012-traces-postgres.ts'
import { up as identity } from '../migrations/0013-identity.ts'
import { up as callsOut } from '../migrations/0014-calls-out.ts'
import { up as internalCalls } from '../migrations/0015-internal-calls.ts'
import { up as encrypted } from '../migrations/0016-encrypted.ts'
import { up as rules } from '../migrations/0017-rules-postgres.ts'
import { up as words } from '../migrations/0018-words-postgres.ts'
import { up as telling } from '../migrations/0019-telling-postgres.ts'
import { up as pins } from '../migrations/0020-pins.ts'
import { up as gates } from '../migrations/0021-gates.ts'
import { up as numberLists } from '../migrations/0022-number-lists-postgres.ts'
import { up as people } from '../migrations/0023-people-postgres.ts'
import { up as pinTries } from '../migrations/0024-pin-tries.ts'
import { up as limits } from '../migrations/0025-limits-postgres.ts'
import { up as machines } from '../migrations/0028-machines.ts'
import { up as language } from '../migrations/0030-language.ts'
import { up as tellWords } from '../migrations/0031-tell-words-postgres.ts'
import type { Schema } from '../schema.ts'
import { explainPostgresError, isDeadlock } from './explain.ts'
import { contains } from './search.ts'

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
    await migrate(kysely, MIGRATIONS)
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
