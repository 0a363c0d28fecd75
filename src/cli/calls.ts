import { Command, Option } from 'commander'
import { findCalls, needCall } from '../api/acts/calls.ts'
import { findHouseCalls, needTrace } from '../api/acts/ladder.ts'
import { callListQuery, type HouseCall, type PastCall } from '../api/contract.ts'
import { showCallDetails } from '../api/views/call.ts'
import { showLadder } from '../api/views/ladder.ts'
import { readNames } from '../api/views/names.ts'
import { formatLength } from '../shared/length.ts'
import { writePcap } from '../trace/pcap.ts'
import { checkInput, readLimit } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import { type Data, withData } from './data.ts'
import { ladderText, messagesText } from './ladder.ts'
import { callerOf, localTime } from './moment.ts'
import { readContacts } from './read-contacts.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'
import { writeAudio } from './write-audio.ts'
import { writeOut } from './write-out.ts'

const COLUMNS: readonly Column<PastCall>[] = [
  ['ARRIVED', (call) => localTime(call.arrivedAt)],
  ['FROM', callerOf],
  ['LINE', (call) => call.line],
  ['OUTCOME', (call) => call.outcome ?? 'going on'],
  [
    'LASTED',
    (call) =>
      call.endedAt === null ? '' : formatLength(Date.parse(call.endedAt) - Date.parse(call.arrivedAt)),
  ],
  ['RULE', (call) => call.rule?.name],
  ['GATE', ({ gate }) => gate && `${gate.kind}${gate.went === null ? '' : `: ${gate.went}`}`],
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
  ['rule', (call) => call.rule?.name],
  ['gate', (call) => call.gate?.kind],
  ['gateWent', (call) => call.gate?.went],
]

const HOUSE_COLUMNS: readonly Column<HouseCall>[] = [
  ['BEGAN', (call) => localTime(call.startedAt)],
  ['CALL', (call) => call.title],
  ['ID', (call) => call.id],
]

/** `answerphone calls …`: who called, and how it went. */
export function callsCommand(terminal: Terminal): Command {
  const calls = new Command('calls').description('who called, and how it went')

  calls
    .command('list')
    .description('list calls, the newest first, those going on too')
    .option('--json', 'as JSON')
    .addOption(new Option('--csv', 'as CSV, for spreadsheets').conflicts('json'))
    .option('--q <TEXT>', "part of the caller's number or name")
    .option('--line <LINE>', 'only this line')
    .option('--caller <NUMBER>', 'only this number')
    .option('--house', 'calls between phones and out, of which there are ladders')
    .option('--limit <N>', 'at most so many', '50')
    .action(({ json, csv, limit, house, ...rest }, command: Command) =>
      withData(command, async ({ store }) => {
        if (house) {
          const rows = await collectPages(readLimit(limit), async (page) => {
            const { calls, nextCursor } = await findHouseCalls(store, page)
            return { rows: calls, nextCursor }
          })
          return printRows(rows, HOUSE_COLUMNS, {
            terminal,
            json,
            csv: csv && HOUSE_COLUMNS,
            none: 'No calls.',
          })
        }
        const contactOf = await readContacts(store)
        const query = checkInput(callListQuery, rest)
        const rows = await collectPages(readLimit(limit), async (page) => {
          const { calls, nextCursor } = await findCalls({ store, contactOf }, { ...query, ...page })
          return { rows: calls, nextCursor }
        })
        printRows(rows, COLUMNS, { terminal, json, csv: csv && CSV_COLUMNS, none: 'No calls.' })
      }),
    )

  calls
    .command('show')
    .description('show a call as JSON, or what went over the wire for it')
    .argument(
      '<ID>',
      'of a call; `last`: the last one, with the flags below the last of which there is a ladder',
    )
    .option('--ladder', 'draw who said what to whom, and say how the sound was')
    .option('--messages', 'print the whole messages')
    .option('--pcap <FILE>', 'write the messages as a pcap file, for Wireshark; - is the standard output')
    .option('--json', 'the ladder as JSON')
    .action((key: string, { ladder, messages, pcap, json }, command: Command) =>
      withData(command, async ({ store }) => {
        const print = (what: object) => terminal.print(`${JSON.stringify(what, null, 2)}\n`)
        if (!ladder && !messages && pcap === undefined) {
          const call = await needCall(store, key === 'last' ? await lastCall(store) : key)
          return print(showCallDetails(call, await readNames(store), await readContacts(store)))
        }
        const id = key === 'last' ? await lastTraced(store) : key
        const trace = await needTrace({ store }, id)
        if (pcap !== undefined) await writeOut(writePcap(trace), pcap, terminal)
        if (json && ladder) return print(showLadder(trace))
        if (ladder) terminal.print(ladderText(trace, terminal.columns))
        if (messages) terminal.print(messagesText(trace))
      }),
    )

  calls
    .command('name')
    .description('write the name that was said at a gate to a WAV file')
    .argument('<ID>', 'of the call')
    .requiredOption('--out <FILE>', 'the file to write; - for the standard output')
    .action((id: string, { out }: { out: string }, command: Command) =>
      withData(command, async ({ mailboxes }) => writeAudio(await mailboxes.nameFile(id), out, terminal)),
    )

  return calls
}

async function lastCall(store: Data['store']): Promise<string> {
  const { rows } = await store.calls.list({ limit: 1 })
  return rows[0]?.id ?? 'last'
}

async function lastTraced(store: Data['store']): Promise<string> {
  const { rows } = await store.traces.list({ limit: 1 })
  return rows[0]?.id ?? 'last'
}
