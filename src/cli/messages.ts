import { Command, Option } from 'commander'
import { notePlayed } from '../api/acts/audit.ts'
import { forwardMessage } from '../api/acts/forward.ts'
import { purgeMessage, restoreMessage, trashMessage } from '../api/acts/messages.ts'
import { transcribeMessage } from '../api/acts/transcription.ts'
import { type AudioFormat, audioFormat, forwardInput, type Message } from '../api/contract.ts'
import { showMessage } from '../api/views/message.ts'
import { readNames } from '../api/views/names.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { formatLength } from '../shared/length.ts'
import { checkInput, readLimit } from './check-input.ts'
import { addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { exportCommand } from './export-messages.ts'
import { importCommand } from './import-messages.ts'
import { addMessageFilter, listMessages, type MessageFilterFlags } from './list-messages.ts'
import { callerOf, localTime } from './moment.ts'
import { readContacts } from './read-contacts.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'
import { writeAudio } from './write-audio.ts'

const COLUMNS: readonly Column<Message>[] = [
  ['RECEIVED', (message) => localTime(message.receivedAt)],
  ['FROM', callerOf],
  ['LENGTH', (message) => `${formatLength(message.durationMs)}${message.cutOff ? ' cut off' : ''}`],
  ['STATE', stateOf],
  ['MAILBOX', (message) => message.mailbox],
  ['WORDS', (message) => snippetOf(message)],
  ['NOTE', (message) => message.note],
  ['ID', (message) => message.id],
]

/** As much of what was said as a line of a list has room for: where it was found, or its beginning. */
const LONGEST_SNIPPET = 40
function snippetOf({ transcript, hit }: Message): string {
  const text = hit?.text ?? transcript?.text ?? ''
  if (text === '') return transcript?.state === 'waiting' ? '…' : ''
  return text.length > LONGEST_SNIPPET ? `${text.slice(0, LONGEST_SNIPPET - 1)}…` : text
}

function stateOf({ state, pickedUp, junkReason }: Message): string {
  return `${state}${PICKED_UP[pickedUp ?? 'not']}${junkReason === null ? '' : `, ${junkReason}`}`
}

const PICKED_UP = { not: '', kept: ', picked up', asked: ', picked up: keep?' }

const LAST = '`last`: of the newest that is listed'

/** The id that is meant: `last` is the newest of those that are listed, in this state where one is given. */
async function idOf(data: Pick<Data, 'store' | 'mailboxes'>, key: string, state?: string): Promise<string> {
  if (key !== 'last') return key
  const [newest] = await listMessages(data, { ...(state && { state }) }, 1)
  return newest?.id ?? key
}

/** `answerphone messages …`: what callers have left. */
export function messagesCommand(terminal: Terminal): Command {
  const messages = new Command('messages').description('what callers have left')

  addMessageFilter(messages.command('list'))
    .description('list messages, the newest first')
    .option('--json', 'as JSON')
    .option('--limit <N>', 'at most so many', '50')
    .action((flags: MessageFilterFlags & { json?: boolean; limit: string }, command: Command) =>
      withData(command, async (data) => {
        printRows(await listMessages(data, flags, readLimit(flags.limit)), COLUMNS, {
          terminal,
          json: flags.json,
          none: 'No messages.',
        })
      }),
    )

  addShow(messages, terminal, {
    kind: 'message',
    key: 'id; `last`: the newest',
    read: async (data, key) => {
      const { mailboxes, store } = data
      const id = await idOf(data, key)
      return showMessage(
        await mailboxes.get(id),
        await readNames(store),
        await readContacts(store),
        await store.transcripts.get(id),
      )
    },
  })

  messages
    .command('audio')
    .description('write the recording to a file')
    .argument('<id>', LAST)
    .requiredOption('--out <FILE>', 'the file to write; - for the standard output')
    .addOption(
      new Option('--format <FORMAT>', 'wav, mp3 or opus').choices(audioFormat.options).default('wav'),
    )
    .action((key: string, { out, format }: { out: string; format: AudioFormat }, command: Command) =>
      withData(command, async (data) => {
        const { mailboxes } = data
        const id = await idOf(data, key)
        if (format === 'wav') await writeAudio(await mailboxes.audioFile(id), out, terminal)
        else {
          await using encoded = await mailboxes.encodedAudio(id, format)
          await writeAudio(encoded.path, out, terminal)
        }
        await notePlayed(data, id)
      }),
    )

  messages
    .command('forward')
    .description('mail a message with its recording, or put a copy into another mailbox')
    .argument('<id>', LAST)
    .requiredOption('--to <WHERE>', 'mail addresses, a mailbox, or both, with commas between')
    .option('--note <TEXT>', 'what you add', '')
    .addOption(
      new Option('--format <FORMAT>', 'of the attachment (default: as `answerphone mail show` says)').choices(
        audioFormat.options,
      ),
    )
    .action((key: string, { to, ...rest }: { to: string; note: string; format?: string }, command: Command) =>
      withData(command, async (data) => {
        const id = await idOf(data, key)
        const where = to.split(',').map((part) => part.trim())
        const [mailbox, another] = where.filter((part) => !part.includes('@'))
        if (another !== undefined)
          throw new AnswerphoneError('AP_INPUT_INVALID', { what: '--to: one mailbox at a time' })
        const addresses = where.filter((part) => part.includes('@'))
        const order = checkInput(forwardInput, { ...rest, to: addresses, mailbox })
        const { mails, copy } = await forwardMessage(data, id, order)
        if (copy) terminal.print(`A copy is in ${mailbox}: ${copy.id}\n`)
        if (mails.length > 0)
          terminal.print(
            `${mails.length} on the way. answerphone mail list --message ${id} tells how they fare.\n`,
          )
      }),
    )

  messages
    .command('set')
    .description('set the note of a message')
    .argument('<id>', LAST)
    .requiredOption('--note <TEXT>', 'the note; empty for none')
    .action((key: string, { note }: { note: string }, command: Command) =>
      withData(command, async (data) => {
        const id = await idOf(data, key)
        await data.mailboxes.setNote(id, note)
        terminal.print(note === '' ? `${id} has no note.\n` : `The note of ${id} is kept.\n`)
      }),
    )

  /**
   * @param done what is said of each afterwards, behind its id
   * @param among where `last` is looked for
   */
  const each = (
    name: string,
    description: string,
    done: string,
    act: (data: Data, id: string) => Promise<unknown>,
    among?: 'junk' | 'trash',
  ) =>
    messages
      .command(name)
      .description(description)
      .argument('<id...>', among ? `\`last\`: of the newest in ${among}` : LAST)
      .action((keys: string[], _flags, command: Command) =>
        withData(command, async (data) => {
          for (const key of keys) {
            const id = await idOf(data, key, among)
            await act(data, id)
            terminal.print(`${id} ${done}.\n`)
          }
        }),
      )
  each('heard', 'mark as heard', 'is heard', ({ mailboxes }, id) => mailboxes.markHeard(id))
  each('new', 'mark as new again', 'is new again', ({ mailboxes }, id) => mailboxes.markNew(id))
  each('junk', 'put into junk: it lights no lamp', 'is in junk', ({ mailboxes }, id) =>
    mailboxes.markJunk(id),
  )
  each(
    'not-junk',
    'take out of junk',
    'is no junk any more',
    ({ mailboxes }, id) => mailboxes.markNotJunk(id),
    'junk',
  )
  each(
    'keep',
    'keep what was left before a pick-up, where the mailbox asks',
    'is kept',
    ({ mailboxes }, id) => mailboxes.keepPickedUp(id),
  )
  each(
    'transcribe',
    'have what was said written down, anew where it was already',
    'will be written down',
    transcribeMessage,
  )
  each('trash', 'move to the trash', 'is in the trash', trashMessage).alias('remove')
  each('restore', 'take out of the trash', 'is out of the trash', restoreMessage, 'trash')

  messages
    .command('purge')
    .description('remove for good what is in the trash: the messages named, or with --all the whole trash')
    .argument('[id...]')
    .option('--all', 'empty the trash')
    .action((ids: string[], { all }: { all?: boolean }, command: Command) =>
      withData(command, async (data) => {
        if (ids.length === 0 && !all)
          throw new AnswerphoneError('AP_INPUT_INVALID', {
            what: 'Name the messages, or empty the trash with --all.',
          })
        const doomed = all ? (await listMessages(data, { state: 'trash' })).map(({ id }) => id) : ids
        for (const id of doomed) await purgeMessage(data, id)
        terminal.print(`${doomed.length} removed for good.\n`)
      }),
    )

  return messages.addCommand(exportCommand(terminal)).addCommand(importCommand(terminal))
}
