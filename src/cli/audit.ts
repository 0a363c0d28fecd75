import { Command } from 'commander'
import { findAuditEntries } from '../api/acts/audit.ts'
import { type AuditEntry, auditListQuery } from '../api/contract.ts'
import { checkInput, readLimit } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<AuditEntry>[] = [
  ['WHEN', (entry) => localTime(entry.at)],
  ['WHO', (entry) => entry.who],
  ['DID', (entry) => entry.act],
  ['CALL', (entry) => entry.callId],
  ['MESSAGE', (entry) => entry.messageId],
  ['DETAIL', ({ detail }) => detail.replace(INSTANT, localTime)],
]

/** Instants in a detail, as the machine writes them. */
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g

/** `answerphone audit list`: who listened to what, picked up, blocked, deleted, or changed what is set up. */
export function auditCommand(terminal: Terminal): Command {
  const audit = new Command('audit').description(
    'who listened to what, picked up, blocked, deleted, or changed what is set up',
  )

  audit
    .command('list')
    .description('list what was done, the newest first')
    .option('--json', 'as JSON')
    .option('--who <WHO>', 'only by phone:NAME, user:NAME, token:NAME or console')
    .option('--call <ID>', 'only to this call')
    .option('--message <ID>', 'only to this message')
    .option('--limit <N>', 'at most so many', '50')
    .action(({ json, limit, ...rest }, command: Command) =>
      withData(command, async ({ store }) => {
        const query = checkInput(auditListQuery, rest)
        const rows = await collectPages(readLimit(limit), async (page) => {
          const { entries, nextCursor } = await findAuditEntries(store, { ...query, ...page })
          return { rows: entries, nextCursor }
        })
        printRows(rows, COLUMNS, { terminal, json, none: 'Nothing yet.' })
      }),
    )

  return audit
}
