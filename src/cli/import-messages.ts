import { join, resolve } from 'node:path'
import { Argument, Command } from 'commander'
import { needLine } from '../api/acts/lines.ts'
import { needMailbox } from '../api/acts/mailboxes.ts'
import type { Findings } from '../exchange/found-message.ts'
import { importMessages } from '../exchange/import-messages.ts'
import { readAsteriskSpool } from '../exchange/read-asterisk-spool.ts'
import { readExport } from '../exchange/read-export.ts'
import { readFreeSwitchStorage } from '../exchange/read-freeswitch-storage.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Line } from '../store/line.ts'
import type { Store } from '../store/store.ts'
import { withData } from './data.ts'
import type { Terminal } from './terminal.ts'

interface ImportFlags {
  readonly mailbox: string
  readonly line?: string
  readonly box?: string
  readonly storage?: string
  readonly dryRun?: boolean
}

/** Where messages may come from, and how they are read there. */
const SOURCES = {
  asterisk: (path) => readAsteriskSpool(path),
  freeswitch: (database, { box, storage }) => readFreeSwitchStorage({ database, box, storage }),
  answerphone: (path) => readExport(path),
} satisfies Record<string, (path: string, flags: ImportFlags) => Promise<Findings>>

/** `answerphone messages import …`: what another answering machine, or another of ours, has. */
export function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description('take in the messages of a mailbox of Asterisk or FreeSWITCH, or of an export')
    .addArgument(new Argument('<from>', 'whose they are').choices(Object.keys(SOURCES)))
    .argument(
      '<path>',
      'the spool folder of the mailbox (asterisk), voicemail_default.db (freeswitch), the folder of an export',
    )
    .requiredOption('--mailbox <MAILBOX>', 'the mailbox that gets them')
    .option('--line <LINE>', 'the line by which they are said to have come (default: that of the mailbox)')
    .option('--box <USER@DOMAIN>', 'freeswitch: which mailbox of the database')
    .option('--storage <FOLDER>', 'freeswitch: where the recordings are now, if not where the database says')
    .option('--dry-run', 'only say what is there')
    .action((from: keyof typeof SOURCES, path: string, flags: ImportFlags, command: Command) =>
      withData(command, async ({ store, dataDir, clock }) => {
        const { id: mailboxId, name } = await needMailbox(store, flags.mailbox)
        const line = await lineFor(store, mailboxId, flags.line)
        const { messages, deleted, unreadable = [] } = await SOURCES[from](resolve(path), flags)
        const left = deleted > 0 ? ` ${deleted} deleted ones are left there.` : ''
        if (flags.dryRun) {
          terminal.print(`${messages.length} messages would be taken in.${left}\n`)
          complain(unreadable, terminal)
          return
        }
        const tools = { store, folder: join(dataDir, 'recordings'), clock }
        const target = { mailboxId, lineId: line.id, numbering: line }
        const { added, known, failed } = await importMessages(messages, target, tools)
        const unheard = added.filter(({ state }) => state === 'new').length
        const again = known > 0 ? ` ${known} were here already.` : ''
        terminal.print(
          `${added.length} messages are in ${name} now, ${unheard} of them new.${again}${left}\n`,
        )
        complain([...unreadable, ...failed], terminal)
      }),
    )
}

/** Throws AP_IMPORT_INCOMPLETE, unless all was well. */
function complain(failed: readonly { readonly name: string; readonly why: string }[], terminal: Terminal) {
  for (const { name, why } of failed) terminal.warn(`${name}: ${why}\n`)
  if (failed.length > 0) throw new AnswerphoneError('AP_IMPORT_INCOMPLETE', { count: failed.length })
}

/** Each message came by a line. */
async function lineFor(
  store: Pick<Store, 'lines'>,
  mailboxId: string,
  named: string | undefined,
): Promise<Line> {
  if (named !== undefined) return needLine(store, named)
  const [line, another] = (await store.lines.list()).filter((each) => each.mailboxId === mailboxId)
  if (line && !another) return line
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `--line: say by which line they came; the mailbox has ${line ? 'several' : 'none'}`,
  })
}
