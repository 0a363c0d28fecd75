import type { Migrations } from '../migrate.ts'
import { up as firstOnPostgres } from './0001-first-postgres.ts'
import { up as firstOnSqlite } from './0001-first-sqlite.ts'
import { up as phonesOnPostgres } from './0002-phones-postgres.ts'
import { up as phonesOnSqlite } from './0002-phones-sqlite.ts'
import { up as callers } from './0003-callers.ts'
import { up as contactsOnPostgres } from './0004-contacts-postgres.ts'
import { up as contactsOnSqlite } from './0004-contacts-sqlite.ts'
import { up as pushOnPostgres } from './0005-push-postgres.ts'
import { up as pushOnSqlite } from './0005-push-sqlite.ts'
import { up as mailsOnPostgres } from './0006-mails-postgres.ts'
import { up as mailsOnSqlite } from './0006-mails-sqlite.ts'
import { up as schedules } from './0007-schedules.ts'
import { up as retention } from './0008-retention.ts'
import { up as accountsOnPostgres } from './0009-accounts-postgres.ts'
import { up as accountsOnSqlite } from './0009-accounts-sqlite.ts'
import { up as srtp } from './0010-srtp.ts'
import { up as lostLines } from './0011-lost-lines.ts'
import { up as tracesOnPostgres } from './0012-traces-postgres.ts'
import { up as tracesOnSqlite } from './0012-traces-sqlite.ts'
import { up as identity } from './0013-identity.ts'
import { up as callsOut } from './0014-calls-out.ts'
import { up as internalCalls } from './0015-internal-calls.ts'
import { up as encrypted } from './0016-encrypted.ts'
import { up as rulesOnPostgres } from './0017-rules-postgres.ts'
import { up as rulesOnSqlite } from './0017-rules-sqlite.ts'
import { up as wordsOnPostgres } from './0018-words-postgres.ts'
import { up as wordsOnSqlite } from './0018-words-sqlite.ts'
import { up as tellingOnPostgres } from './0019-telling-postgres.ts'
import { up as tellingOnSqlite } from './0019-telling-sqlite.ts'
import { up as pins } from './0020-pins.ts'
import { up as gates } from './0021-gates.ts'
import { up as numberListsOnPostgres } from './0022-number-lists-postgres.ts'
import { up as numberListsOnSqlite } from './0022-number-lists-sqlite.ts'
import { up as peopleOnPostgres } from './0023-people-postgres.ts'
import { up as peopleOnSqlite } from './0023-people-sqlite.ts'
import { up as pinTries } from './0024-pin-tries.ts'
import { up as limitsOnPostgres } from './0025-limits-postgres.ts'
import { up as limitsOnSqlite } from './0025-limits-sqlite.ts'
import { up as machines } from './0028-machines.ts'
import { up as language } from './0030-language.ts'
import { up as tellWordsOnPostgres } from './0031-tell-words-postgres.ts'
import { up as tellWordsOnSqlite } from './0031-tell-words-sqlite.ts'
import { up as tellCopiesOnPostgres } from './0032-tell-copies-postgres.ts'
import { up as tellCopiesOnSqlite } from './0032-tell-copies-sqlite.ts'

type Engine = 'sqlite' | 'postgres'
type Up = Migrations[string]['up']

/** What brings a schema up to date, oldest first: one for both engines, or one for each. */
const ALL: Readonly<Record<string, Up | Readonly<Record<Engine, Up>>>> = {
  '0001-first': { sqlite: firstOnSqlite, postgres: firstOnPostgres },
  '0002-phones': { sqlite: phonesOnSqlite, postgres: phonesOnPostgres },
  '0003-callers': callers,
  '0004-contacts': { sqlite: contactsOnSqlite, postgres: contactsOnPostgres },
  '0005-push': { sqlite: pushOnSqlite, postgres: pushOnPostgres },
  '0006-mails': { sqlite: mailsOnSqlite, postgres: mailsOnPostgres },
  '0007-schedules': schedules,
  '0008-retention': retention,
  '0009-accounts': { sqlite: accountsOnSqlite, postgres: accountsOnPostgres },
  '0010-srtp': srtp,
  '0011-lost-lines': lostLines,
  '0012-traces': { sqlite: tracesOnSqlite, postgres: tracesOnPostgres },
  '0013-identity': identity,
  '0014-calls-out': callsOut,
  '0015-internal-calls': internalCalls,
  '0016-encrypted': encrypted,
  '0017-rules': { sqlite: rulesOnSqlite, postgres: rulesOnPostgres },
  '0018-words': { sqlite: wordsOnSqlite, postgres: wordsOnPostgres },
  '0019-telling': { sqlite: tellingOnSqlite, postgres: tellingOnPostgres },
  '0020-pins': pins,
  '0021-gates': gates,
  '0022-number-lists': { sqlite: numberListsOnSqlite, postgres: numberListsOnPostgres },
  '0023-people': { sqlite: peopleOnSqlite, postgres: peopleOnPostgres },
  '0024-pin-tries': pinTries,
  '0025-limits': { sqlite: limitsOnSqlite, postgres: limitsOnPostgres },
  '0028-machines': machines,
  '0030-language': language,
  '0031-tell-words': { sqlite: tellWordsOnSqlite, postgres: tellWordsOnPostgres },
  '0032-tell-copies': { sqlite: tellCopiesOnSqlite, postgres: tellCopiesOnPostgres },
}

export const MIGRATION_NAMES: readonly string[] = Object.keys(ALL)

export const migrationsOf = (engine: Engine): Migrations =>
  Object.fromEntries(
    Object.entries(ALL).map(([name, up]) => [name, { up: typeof up === 'function' ? up : up[engine] }]),
  )
