import { Command } from 'commander'
import { defined } from '../api/acts/defined.ts'
import { changeRetention } from '../api/acts/history-retention.ts'
import { historyRetentionChange, type Storage } from '../api/contract.ts'
import { readStorage } from '../api/views/storage.ts'
import { checkChange, toDays } from './check-input.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import { type Column, drawTable } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Storage['mailboxes'][number]>[] = [
  ['MAILBOX', ({ name }) => name],
  ['NEW', ({ newMessages }) => newMessages],
  ['HEARD', ({ heardMessages }) => heardMessages],
  ['JUNK', ({ junkMessages }) => junkMessages],
  ['TRASH', ({ trashMessages }) => trashMessages],
  ['FULL', ({ filledPercent }) => (filledPercent === null ? '' : `${filledPercent} %`)],
  ['KEEPS NEW', ({ keepNewDays }) => tellDays(keepNewDays)],
  ['KEEPS HEARD', ({ keepHeardDays }) => tellDays(keepHeardDays)],
  ['KEEPS JUNK', ({ keepJunkDays }) => tellDays(keepJunkDays)],
  ['KEEPS TRASH', ({ keepTrashDays }) => tellDays(keepTrashDays)],
]

/** `answerphone storage …`: what is kept, for how long, and the room that it takes. */
export function storageCommand(terminal: Terminal): Command {
  const storage = new Command('storage').description('what is kept, for how long, and the room that it takes')

  storage
    .command('show')
    .description('show the room on the disk, and how long messages, calls and acts are kept')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const known = await readStorage(data)
        terminal.print(json ? `${JSON.stringify(known, null, 2)}\n` : describe(known, terminal))
      }),
    )

  storage
    .command('set')
    .description('change for how long it is kept who called, and who did what')
    .option('--keep-calls-days <N>', 'days for which calls are listed; never: they stay (default)')
    .option('--keep-audit-days <N>', 'days for which acts are listed; never: they stay (default)')
    .action((flags: { keepCallsDays?: string; keepAuditDays?: string }, command: Command) =>
      withData(command, async (data) => {
        const change = checkChange(historyRetentionChange, {
          keepCallsDays: toDays(flags.keepCallsDays),
          keepAuditDays: toDays(flags.keepAuditDays),
        })
        const { keepCallsDays, keepAuditDays } = await changeRetention(data, defined(change))
        terminal.print(`Calls are kept ${tellDays(keepCallsDays)}, acts ${tellDays(keepAuditDays)}.\n`)
      }),
    )

  return storage
}

function describe(known: Storage, terminal: Terminal): string {
  const { disk, recordings, keepCallsDays, keepAuditDays } = known
  const since = (at: string | null) => (at === null ? '' : `, the oldest of ${localTime(at)}`)
  return [
    recordings && `Recordings  ${megabytes(recordings.bytes)} in ${recordings.files} files`,
    disk && `Disk        ${megabytes(disk.freeBytes)} free of ${megabytes(disk.totalBytes)}`,
    `Calls       kept ${tellDays(keepCallsDays)}${since(known.callsSince)}`,
    `Acts        kept ${tellDays(keepAuditDays)}${since(known.auditSince)}`,
    '',
    drawTable(known.mailboxes, COLUMNS, terminal.isStyled),
  ]
    .filter((line) => line !== null)
    .join('\n')
}

const tellDays = (days: number | null) => (days === null ? 'for good' : `${days} days`)

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
