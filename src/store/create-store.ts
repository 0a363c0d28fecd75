import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import { createChanges } from './changes.ts'
import { compile, type Database, type Engine, type Query } from './engine.ts'
import type { TableName } from './schema.ts'
import type { Store, Tables } from './store.ts'
import { auditTable } from './tables/audit.ts'
import { bindingTable } from './tables/bindings.ts'
import { blockedTable } from './tables/blocked.ts'
import { callerNoteTable } from './tables/caller-notes.ts'
import { callTable } from './tables/calls.ts'
import { contactSourceTable } from './tables/contact-sources.ts'
import { contactTable } from './tables/contacts.ts'
import { greetingTable } from './tables/greetings.ts'
import { lineTable } from './tables/lines.ts'
import { mailboxTable } from './tables/mailboxes.ts'
import { mailTable } from './tables/mails.ts'
import { messageTable } from './tables/messages.ts'
import { numberListTable } from './tables/number-lists.ts'
import { outboxTable } from './tables/outbox.ts'
import { phoneTable } from './tables/phones.ts'
import { pinTriesTable } from './tables/pin-tries.ts'
import { pushTable } from './tables/push-subscriptions.ts'
import { registrationTable } from './tables/registrations.ts'
import { ruleTable } from './tables/rules.ts'
import { sessionTable } from './tables/sessions.ts'
import { settingTable } from './tables/settings.ts'
import { targetTable } from './tables/targets.ts'
import { tokenTable } from './tables/tokens.ts'
import { traceTable } from './tables/traces.ts'
import { transcriptTable } from './tables/transcripts.ts'
import { userTable } from './tables/users.ts'

/** The store over an engine whose schema is up to date (migrate.ts). */
export function createStore(engine: Engine, makeId: MakeId, log: Log): Store {
  const changes = createChanges({
    watch: () => engine.watch((tables) => changes.heard(tables)),
    failed: (error) => log.error({ err: error }, 'a listener for changes failed'),
  })

  const explained = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run()
    } catch (error) {
      throw engine.explain(error)
    }
  }

  const database: Database = {
    kysely: engine.kysely,
    containing: (...sought) => explained(() => engine.containing(...sought)),
    read: async (query) => (await explained(() => engine.kysely.executeQuery(compile(query)))).rows,
    async write(table, query, weight = 'ordinary') {
      const result = await explained(() => engine.write(compile(query), weight))
      if (engine.watchesOthersOnly) changes.wrote(table)
      return result
    },
  }

  return {
    ...openTables(database, makeId),
    async together(run) {
      const wrote = new Set<TableName>()
      const result = await explained(() =>
        engine.together(async (execute) => {
          let failure: { readonly error: unknown } | undefined
          const within = async <Row>(query: Query<Row>) => {
            try {
              return await explained(() => execute(compile(query)))
            } catch (error) {
              failure ??= { error }
              throw error
            }
          }
          const answer = await run(
            openTables(
              {
                ...database,
                read: async (query) => (await within(query)).rows,
                write(table, query) {
                  wrote.add(table)
                  return within(query)
                },
              },
              makeId,
            ),
          )
          // PostgreSQL would undo all at the end, and say nothing.
          if (failure) throw failure.error
          return answer
        }),
      )
      if (engine.watchesOthersOnly) for (const table of wrote) changes.wrote(table)
      return result
    },
    onChange: (callback) => changes.subscribe(callback),
    check: () => explained(() => engine.check()),
    flush: () => explained(() => engine.flush()),
    close: () => engine.close(),
  }
}

function openTables(database: Database, makeId: MakeId): Tables {
  return {
    lines: lineTable(database, makeId),
    registrations: registrationTable(database),
    mailboxes: mailboxTable(database, makeId),
    pinTries: pinTriesTable(database),
    greetings: greetingTable(database),
    messages: messageTable(database),
    calls: callTable(database),
    phones: phoneTable(database, makeId),
    bindings: bindingTable(database),
    audit: auditTable(database, makeId),
    blocked: blockedTable(database),
    contacts: contactTable(database, makeId),
    contactSources: contactSourceTable(database, makeId),
    callerNotes: callerNoteTable(database),
    rules: ruleTable(database, makeId),
    numberLists: numberListTable(database, makeId),
    mails: mailTable(database),
    targets: targetTable(database, makeId),
    outbox: outboxTable(database, makeId),
    users: userTable(database),
    tokens: tokenTable(database),
    sessions: sessionTable(database),
    push: pushTable(database),
    traces: traceTable(database),
    settings: settingTable(database),
    transcripts: transcriptTable(database),
  }
}
