import { Command } from 'commander'
import { findCalls, needCall } from '../api/acts/calls.ts'
import { callListQuery, type PastCall } from '../api/contract.ts'
import { showCallDetails } from '../api/views/call.ts'
import { readNames } from '../api/views/names.ts'
import { checkInput, readLimit } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import { addShow } from './common-verbs.ts'
import { withData } from './data.ts'
import { callerOf, localTime, minutes } from './moment.ts'
import { readContacts } from './read-contacts.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<PastCall>[] = [
  ['ARRIVED', (call) => localTime(call.arrivedAt)],
  ['FROM', callerOf],
  ['LINE', (call) => call.line],
  ['OUTCOME', (call) => call.outcome ?? 'going on'],
  [
    'LASTED',
    (call) => (call.endedAt === null ? '' : minutes(Date.parse(call.endedAt) - Date.parse(call.arrivedAt))),
  ],
  ['MESSAGE', (call) => call.messageId],
  ['ID', (call) => call.id],
]

const CSV_COLUMNS: readonly Column<PastCall>[] = [
  ['id', (call) => call.id],
  ['arrivedAt', (call) => call.arrivedAt],
  ['answeredAt', (call) => call.answeredAt],
  ['endedAt', (call) => call.endedAt],
  ['line', (call) => call.line],
  ['number', (call) => call.callerNumber],
  ['name', (call) => call.contact?.name ?? call.callerName],
  ['outcome', (call) => call.outcome],
  ['messageId', (call) => call.messageId],
]

/** `answerphone calls …`: who called, and how it went. */
export function callsCommand(terminal: Terminal): Command {
  const calls = new Command('calls').description('who called, and how it went')

  calls
    .command('list')
    .description('list calls, the newest first, those going on too')
    .option('--json', 'as JSON')
    .option('--csv', 'as CSV, for spreadsheets')
    .option('--q <TEXT>', "part of the caller's number or name")
    .option('--line <LINE>', 'only this line')
    .option('--caller <NUMBER>', 'only this number')
    .option('--limit <N>', 'at most so many', '50')
    .action(({ json, csv, limit, ...rest }, command: Command) =>
      withData(command, async ({ store }) => {
        const contactOf = await readContacts(store)
        const query = checkInput(callListQuery, rest)
        const rows = await collectPages(readLimit(limit), async (page) => {
          const { calls, nextCursor } = await findCalls({ store, contactOf }, { ...query, ...page })
          return { rows: calls, nextCursor }
        })
        printRows(rows, COLUMNS, { terminal, json, csv: csv && CSV_COLUMNS, none: 'No calls.' })
      }),
    )

  addShow(calls, terminal, {
    kind: 'call',
    key: 'id',
    read: async ({ store }, id) =>
      showCallDetails(await needCall(store, id), await readNames(store), await readContacts(store)),
  })

  return calls
}
