import { Command } from 'commander'
import { changeMailbox, needMailbox } from '../api/acts/mailboxes.ts'
import {
  type HeardGreeting,
  mailboxChange,
  type ScheduleEntry,
  type ScheduleEntryInput,
} from '../api/contract.ts'
import { readMailboxFacts, showMailbox } from '../api/views/mailbox.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { createPasswords } from '../shared/passwords.ts'
import type { Greeting } from '../store/model.ts'
import { checkInput, toNumber } from './check-input.ts'
import { type Data, withData } from './data.ts'
import { readDays, showDays } from './days.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

type Row = ScheduleEntry & { readonly place: number; readonly name: string; readonly now: boolean }

const COLUMNS: readonly Column<Row>[] = [
  ['', ({ place }) => place],
  ['WHEN', whenOf],
  ['GREETING', ({ name, gone }) => (gone ? 'removed: the standard one is heard' : name)],
  ['', ({ now }) => (now ? 'now' : '')],
]

interface Flags {
  readonly days?: string
  readonly from?: string
  readonly to?: string
  readonly dates?: string
  readonly place?: string
}

/** `answerphone greetings schedule …`: when callers to a mailbox hear which greeting. */
export function scheduleCommand(terminal: Terminal): Command {
  const schedule = new Command('schedule').description(
    'when callers to a mailbox hear another greeting than its standard one; the first entry that fits wins',
  )

  schedule
    .command('list')
    .description('list the entries, and what callers hear now')
    .argument('<mailbox>', 'name or id')
    .option('--json', 'as JSON')
    .action((key: string, { json }: { json?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const { rows, heard, nameOf } = await read(data, key)
        printRows(rows, COLUMNS, { terminal, json, none: 'Nothing is scheduled.' })
        if (!json) terminal.print(`${tellHeard(heard, nameOf)}\n`)
      }),
    )

  schedule
    .command('add')
    .description('add an entry: hours of some days of each week, or dates')
    .argument('<mailbox>', 'name or id')
    .argument('<greeting>', 'name or id; shipped: the one that ships with Answerphone')
    .option('--days <DAYS>', 'like mon-fri or sat,sun (default: every day)')
    .option('--from <HH:MM>', 'when it begins (default 00:00)')
    .option('--to <HH:MM>', 'when it ends, on the next day where that is not after --from (default 00:00)')
    .option('--dates <FROM..TO>', 'whole days instead, like 2026-12-24..2027-01-02')
    .option('--place <N>', 'its place in the list (default: dates come first, hours last)')
    .action((key: string, greeting: string, flags: Flags, command: Command) =>
      withData(command, async (data) => {
        const { entries } = await read(data, key)
        const at = placeOf(flags, entries.length)
        const added = { ...readWhen(flags), greeting: greeting === 'shipped' ? null : greeting }
        await write(data, key, entries.toSpliced(at, 0, added as ScheduleEntryInput))
        const { heard, nameOf } = await read(data, key)
        terminal.print(`It is scheduled, as number ${at + 1}. ${tellHeard(heard, nameOf)}\n`)
      }),
    )

  schedule
    .command('remove')
    .description('remove an entry')
    .argument('<mailbox>', 'name or id')
    .argument('<number>', 'its place in the list')
    .action((key: string, place: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { entries } = await read(data, key)
        const at = (toNumber(place) ?? 0) - 1
        if (entries[at] === undefined)
          throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'entry', id: place })
        await write(data, key, entries.toSpliced(at, 1))
        const { heard, nameOf } = await read(data, key)
        terminal.print(`Entry ${place} is removed. ${tellHeard(heard, nameOf)}\n`)
      }),
    )

  return schedule
}

async function read({ store, clock }: Data, key: string) {
  const mailbox = showMailbox(await needMailbox(store, key), await readMailboxFacts(store, clock))
  const greetings = await store.greetings.list()
  const nameOf = (id: string | null) => nameIn(greetings, id)
  const { schedule, heard } = mailbox
  return {
    heard,
    nameOf,
    entries: schedule.map(({ gone: _, ...entry }): ScheduleEntryInput => entry),
    rows: schedule.map(
      (entry, at): Row => ({
        ...entry,
        place: at + 1,
        name: nameOf(entry.greeting),
        now: heard.entry === at,
      }),
    ),
  }
}

const write = (data: Data, key: string, schedule: readonly ScheduleEntryInput[]) =>
  changeMailbox(
    { ...data, passwords: createPasswords(data.random) },
    key,
    checkInput(mailboxChange, { schedule }),
  )

const nameIn = (greetings: readonly Greeting[], id: string | null) =>
  id === null ? 'shipped' : (greetings.find((greeting) => greeting.id === id)?.name ?? id)

function readWhen({ days, from = '00:00', to = '00:00', dates }: Flags) {
  if (dates === undefined) return { kind: 'week', days: readDays(days ?? 'mon-sun'), from, to }
  const [first = '', last = first] = dates.split('..')
  return { kind: 'dates', from: first, to: last }
}

function placeOf({ place, dates }: Flags, count: number): number {
  if (place === undefined) return dates === undefined ? count : 0
  const at = toNumber(place) ?? Number.NaN
  if (Number.isInteger(at) && at >= 1 && at <= count + 1) return at - 1
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `--place: a number from 1 to ${count + 1} is wanted`,
  })
}

function whenOf(entry: ScheduleEntry): string {
  if (entry.kind === 'dates') return entry.from === entry.to ? entry.from : `${entry.from}..${entry.to}`
  return `${showDays(entry.days)} ${entry.from}-${entry.to}`
}

function tellHeard(
  { greeting, until, next, timeZone }: HeardGreeting,
  nameOf: (id: string | null) => string,
) {
  const now = `Callers hear ${nameOf(greeting)} now`
  if (until === null) return `${now}, at all times.`
  const at = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return `${now}, until ${at.format(Date.parse(until))} (${timeZone}); then ${nameOf(next)}.`
}
