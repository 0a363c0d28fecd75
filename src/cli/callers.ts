import { Command } from 'commander'
import { exportCaller, findCaller, noteCaller, readHistory } from '../api/acts/callers.ts'
import { changeMessages } from '../api/acts/change-messages.ts'
import { forgetCaller } from '../api/acts/forget-caller.ts'
import { type CallerEntry, type CallerProfile, callerChange, callerHistoryQuery } from '../api/contract.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { checkInput, readLimit } from './check-input.ts'
import { collectPages } from './collect-pages.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import { readContacts } from './read-contacts.ts'
import { type Column, clean, drawTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { writeOut } from './write-out.ts'

const ENTRIES: readonly Column<CallerEntry>[] = [
  ['AT', (entry) => localTime(entry.kind === 'call' ? entry.call.arrivedAt : entry.message.receivedAt)],
  [
    'WHAT',
    (entry) =>
      entry.kind === 'call' ? `call: ${entry.call.outcome ?? ''}` : `message: ${entry.message.state}`,
  ],
  ['SAID', (entry) => (entry.kind === 'call' ? '' : said(entry.message))],
  ['ID', (entry) => (entry.kind === 'call' ? entry.call.id : entry.message.id)],
]
const LONGEST_SAID = 60

function said({ transcript, note }: Extract<CallerEntry, { kind: 'message' }>['message']): string {
  const text = (transcript?.text || note).replace(/\s+/g, ' ')
  return text.length > LONGEST_SAID ? `${text.slice(0, LONGEST_SAID)}…` : text
}

/** `answerphone callers …`: all that is known of one caller. */
export function callersCommand(terminal: Terminal): Command {
  const callers = new Command('callers').description('what is known of a caller: calls, messages, notes')

  callers
    .command('show')
    .description('show who that is, with calls and messages, the newest first')
    .argument('<caller>', 'number, or name of a contact')
    .option('--q <TEXT>', 'only what has this in it')
    .option('--limit <N>', 'at most so many calls and messages', '50')
    .option('--json', 'as JSON')
    .action((key: string, flags: { q?: string; limit: string; json?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const { tools, id } = await who(data, key)
        const caller = await findCaller(tools, id)
        const query = checkInput(callerHistoryQuery, { q: flags.q })
        const entries = await collectPages(readLimit(flags.limit), async ({ limit, ...page }) => {
          const found = await readHistory(tools, id, { ...query, ...page, limit: Math.min(limit, 100) })
          return { rows: found.entries, nextCursor: found.nextCursor }
        })
        if (flags.json) return terminal.print(`${JSON.stringify({ ...caller, entries }, null, 2)}\n`)
        terminal.print(describe(caller))
        terminal.print(
          entries.length === 0
            ? 'No calls and no messages.\n'
            : drawTable(entries, ENTRIES, terminal.isStyled),
        )
      }),
    )

  callers
    .command('note')
    .description('write down what there is to say about a caller; an empty text removes it')
    .argument('<caller>', 'number, or name of a contact')
    .argument('<text>')
    .action((key: string, text: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { tools, id } = await who(data, key)
        const { note } = checkInput(callerChange, { note: text })
        const caller = await noteCaller({ ...data, ...tools }, id, note)
        terminal.print(
          `${caller.name ?? caller.numbers[0]?.display}: ${note === '' ? 'no note any more' : note}\n`,
        )
      }),
    )

  callers
    .command('export')
    .description(
      'write all that is kept of a caller as JSON; the sound of messages: `messages export --caller`',
    )
    .argument('<caller>', 'number, or name of a contact')
    .requiredOption('--out <FILE>', 'the file to write; - for the standard output')
    .action((key: string, { out }: { readonly out: string }, command: Command) =>
      withData(command, async (data) => {
        const { tools, id } = await who(data, key)
        const all = await exportCaller({ ...data, ...tools }, id)
        await writeOut(Buffer.from(`${JSON.stringify(all, null, 2)}\n`), out, terminal)
      }),
    )

  callers
    .command('forget')
    .description('remove for good the calls of a caller, the names that were said in them, and the notes')
    .argument('<caller>', 'number, or name of a contact')
    .option('--messages', 'put the messages into the trash, too')
    .option('--yes', 'you are sure: calls, names and notes do not come back')
    .action((key: string, flags: { messages?: boolean; yes?: boolean }, command: Command) =>
      withData(command, async (data) => {
        if (!flags.yes)
          throw new AnswerphoneError('AP_INPUT_INVALID', {
            what: 'What is forgotten does not come back: say --yes if you are sure.',
          })
        const { tools, id } = await who(data, key)
        const { key: caller } = await findCaller(tools, id)
        const all = { caller, state: 'new,heard,junk' }
        const trashed = flags.messages && (await changeMessages({ ...data, ...tools }, { act: 'trash', all }))
        const { calls } = await forgetCaller({ ...data, ...tools }, id)
        terminal.print(`Gone for good: ${calls} ${calls === 1 ? 'call' : 'calls'}, and what was noted.\n`)
        terminal.print(
          trashed
            ? `To the trash: ${trashed.count} ${trashed.count === 1 ? 'message' : 'messages'}.\n`
            : 'Messages stay; --messages puts them into the trash.\n',
        )
      }),
    )
  return callers
}

/** The contact of this name, or what it is else. Rejects with AP_INPUT_INVALID for the name of several. */
async function who({ store }: Data, key: string) {
  const tools = { store, contactOf: await readContacts(store) }
  const [named, another] = (await store.contacts.list(key)).filter(({ name }) => name === key)
  if (another)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: `"${key}" are several: name one by a number.` })
  return { tools, id: named?.id ?? key }
}

function describe({ name, numbers, class: kind, note, contact }: CallerProfile): string {
  const lines = [
    `${name ?? 'no name'}: ${kind}${contact?.source ? `, from ${contact.source.name}` : ''}`,
    ...numbers.map(({ display, e164, blockedAs }) => {
      const also = e164 !== null && e164 !== display ? ` (${e164})` : ''
      return `  ${display}${also}${blockedAs === null ? '' : ', blocked'}`
    }),
    ...(note === '' ? [] : note.split('\n').map((line) => `  ${line}`)),
  ]
  return `${lines.map(clean).join('\n')}\n\n`
}
