import { Command, Option } from 'commander'
import { addMailbox, changeMailbox, needMailbox, removeMailbox } from '../api/acts/mailboxes.ts'
import { language as languages, type Mailbox, mailboxChange, mailboxInput } from '../api/contract.ts'
import { readMailboxFacts, showMailbox } from '../api/views/mailbox.ts'
import { countRetired } from '../mailbox/retire-messages.ts'
import { createPasswords } from '../shared/passwords.ts'
import { readAddresses } from './address-list.ts'
import { checkChange, checkInput, toDays, toNumber } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { withData } from './data.ts'
import type { Column } from './table.ts'
import { tellRetired } from './tell-retired.ts'
import type { Terminal } from './terminal.ts'

type Row = Mailbox & { readonly greetingName: string | null }

const COLUMNS: readonly Column<Row>[] = [
  ['MAILBOX', (mailbox) => mailbox.name],
  ['NEW', (mailbox) => mailbox.newMessages],
  ['HEARD', (mailbox) => mailbox.heardMessages],
  ['SPEAKS', (mailbox) => mailbox.language],
  ['LONGEST', (mailbox) => `${mailbox.longestSeconds} s`],
  ['SHORTEST', (mailbox) => `${mailbox.shortestSeconds} s`],
  ['SILENCE', (mailbox) => (mailbox.silenceSeconds === 0 ? 'never ends it' : `${mailbox.silenceSeconds} s`)],
  ['AFTER PICK-UP', (mailbox) => mailbox.afterPickUp],
  ['MAILED TO', (mailbox) => mailbox.mailTo.join(', ')],
  ['FULL', ({ filledPercent }) => (filledPercent === null ? '' : `${filledPercent} %`)],
  ['PIN', (mailbox) => (mailbox.hasPin ? 'set' : '')],
  ['GREETING', (mailbox) => mailbox.greetingName ?? 'shipped'],
]

interface Flags {
  readonly name?: string
  readonly greeting?: string
  readonly language?: string
  readonly longestSeconds?: string
  readonly shortestSeconds?: string
  readonly silenceSeconds?: string
  readonly afterPickUp?: string
  readonly machinesToJunk?: boolean
  readonly mailTo?: string
  readonly timeZone?: string
  readonly quotaMessages?: string
  readonly quotaMinutes?: string
  readonly whenFull?: string
  readonly keepNewDays?: string
  readonly keepHeardDays?: string
  readonly keepJunkDays?: string
  readonly keepTrashDays?: string
}

const fieldsOf = ({
  name,
  greeting,
  language,
  longestSeconds,
  shortestSeconds,
  silenceSeconds,
  afterPickUp,
  machinesToJunk,
  mailTo,
  timeZone,
  quotaMessages,
  quotaMinutes,
  whenFull,
  keepNewDays,
  keepHeardDays,
  keepJunkDays,
  keepTrashDays,
}: Flags) => ({
  name,
  greeting: greeting === '' ? null : greeting,
  language,
  longestSeconds: toNumber(longestSeconds),
  shortestSeconds: toNumber(shortestSeconds),
  silenceSeconds: toNumber(silenceSeconds),
  afterPickUp,
  machinesToJunk,
  mailTo: readAddresses(mailTo),
  timeZone: timeZone === '' ? null : timeZone,
  quotaMessages: toMost(quotaMessages),
  quotaMinutes: toMost(quotaMinutes),
  whenFull,
  keepNewDays: toDays(keepNewDays),
  keepHeardDays: toDays(keepHeardDays),
  keepJunkDays: toDays(keepJunkDays),
  keepTrashDays: toDays(keepTrashDays),
})

/** `none`: no limit. */
const toMost = (text: string | undefined) => (text === 'none' ? null : toNumber(text))

interface PinFlags {
  readonly pin: boolean
  readonly pinStdin?: boolean
}

/** Null for none; undefined where nothing is said of it. */
async function readPin({ pin, pinStdin }: PinFlags, terminal: Terminal): Promise<string | null | undefined> {
  if (!pin) return null
  return pinStdin ? (await terminal.readSecret('PIN (it is not shown): ')).trim() : undefined
}

/** `answerphone mailboxes …`: where messages are kept. */
export function mailboxesCommand(terminal: Terminal): Command {
  const mailboxes = new Command('mailboxes').description('where messages are kept, and how they are taken')

  addList<Row>(mailboxes, terminal, {
    description: 'list the mailboxes with how many messages they hold',
    columns: COLUMNS,
    none: 'No mailboxes. Each line that is added brings one.',
    async read({ store, clock }) {
      const facts = await readMailboxFacts(store, clock)
      const greetings = await store.greetings.list()
      return (await store.mailboxes.list()).map((row) => ({
        ...showMailbox(row, facts),
        greetingName: greetings.find(({ id }) => id === row.greetingId)?.name ?? null,
      }))
    },
  })

  addShow(mailboxes, terminal, {
    kind: 'mailbox',
    read: async ({ store, clock }, key) =>
      showMailbox(await needMailbox(store, key), await readMailboxFacts(store, clock)),
  })

  withFields(mailboxes.command('add'))
    .description('add a mailbox')
    .argument('<name>')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const mailbox = await addMailbox(data, checkInput(mailboxInput, { ...fieldsOf(flags), name }))
          terminal.print(`Mailbox ${mailbox.name} is there.\n`)
        },
        { create: true },
      ),
    )

  withFields(mailboxes.command('set'))
    .description('change a mailbox')
    .argument('<mailbox>', 'name or id')
    .option('--name <NAME>', 'a new name')
    .option(
      '--pin-stdin',
      'read from the standard input the PIN with which it is heard from afar: 6 to 12 digits',
    )
    .option('--no-pin', 'let nobody hear it from afar')
    .action((key: string, flags: Flags & PinFlags, command: Command) =>
      withData(command, async (data) => {
        const { store, random, clock } = data
        const pin = await readPin(flags, terminal)
        const change = checkChange(mailboxChange, { ...fieldsOf(flags), pin }, { pin: '--pin-stdin' })
        const mailbox = await changeMailbox({ ...data, passwords: createPasswords(random) }, key, change)
        terminal.print(`Mailbox ${mailbox.name} is changed.\n`)
        if (flags.keepNewDays ?? flags.keepHeardDays ?? flags.keepJunkDays ?? flags.keepTrashDays) {
          const retired = await countRetired(store, mailbox.id, mailbox, clock.now())
          terminal.print(`${tellRetired(retired)}\n`)
        }
      }),
    )

  addRemove(mailboxes, terminal, {
    kind: 'mailbox',
    description: 'remove a mailbox that no line and no message needs',
    act: removeMailbox,
  })

  return mailboxes
}

function withFields(command: Command): Command {
  return command
    .option(
      '--greeting <GREETING>',
      'name or id of a greeting; empty for the one that ships with Answerphone',
    )
    .addOption(
      new Option('--language <L>', 'what the machine speaks to callers, and in the spoken menu').choices(
        languages.options,
      ),
    )
    .option('--longest-seconds <S>', 'longest message (default 180)')
    .option('--shortest-seconds <S>', 'a shorter one counts as hung up (default 1)')
    .option('--silence-seconds <S>', 'end a message after this much silence (default 0: never)')
    .addOption(
      new Option(
        '--after-pick-up <WHAT>',
        'what becomes of what was said before somebody picked up (default keep)',
      ).choices(['keep', 'discard', 'ask']),
    )
    .option(
      '--machines-to-junk',
      'put into junk what machines leave: faxes, silence, tones, recordings played over and over (default)',
    )
    .option('--no-machines-to-junk', 'take it as from anybody; silence and tones are thrown away')
    .option('--mail-to <ADDRESSES>', 'mail each new message to these, with commas; empty for nobody')
    .option(
      '--keep-heard-days <N>',
      'days after which a message that was heard goes to the trash; never (default)',
    )
    .option('--keep-new-days <N>', 'the same of unheard ones; never (default)')
    .option('--keep-junk-days <N>', 'days after which junk goes to the trash (default 30); never')
    .option('--keep-trash-days <N>', 'days after which the trash is emptied (default 30); never')
    .option('--quota-messages <N>', 'messages, new and heard, that it is to keep at most; none (default)')
    .option('--quota-minutes <N>', 'the same in minutes, all of them together; none (default)')
    .addOption(
      new Option(
        '--when-full <WHAT>',
        'take messages all the same, and callers notice nothing (default); refuse: callers are told that none can be taken',
      ).choices(['take', 'refuse']),
    )
    .option(
      '--time-zone <ZONE>',
      "in which its greetings are scheduled, like Europe/Berlin; empty for the machine's",
    )
}
