import { Command } from 'commander'
import { addMailbox, changeMailbox, needMailbox } from '../api/acts/mailboxes.ts'
import { type Mailbox, mailboxChange, mailboxInput } from '../api/contract.ts'
import { showMailbox } from '../api/views/settings.ts'
import { checkInput, toNumber } from './check-input.ts'
import { withData } from './data.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

/** @param greetings names by id */
const columns = (greetings: ReadonlyMap<string, string>): readonly Column<Mailbox>[] => [
  ['MAILBOX', (mailbox) => mailbox.name],
  ['NEW', (mailbox) => mailbox.newMessages],
  ['HEARD', (mailbox) => mailbox.heardMessages],
  ['LONGEST', (mailbox) => `${mailbox.longestSeconds} s`],
  ['SHORTEST', (mailbox) => `${mailbox.shortestSeconds} s`],
  ['SILENCE', (mailbox) => (mailbox.silenceSeconds === 0 ? 'never ends it' : `${mailbox.silenceSeconds} s`)],
  ['GREETING', ({ greeting }) => (greeting === null ? 'shipped' : greetings.get(greeting))],
]
const none = 'No mailboxes. Each line that is added brings one.'

interface Flags {
  readonly name?: string
  readonly greeting?: string
  readonly longestSeconds?: string
  readonly shortestSeconds?: string
  readonly silenceSeconds?: string
}

const fieldsOf = ({ name, greeting, longestSeconds, shortestSeconds, silenceSeconds }: Flags) => ({
  name,
  greeting: greeting === '' ? null : greeting,
  longestSeconds: toNumber(longestSeconds),
  shortestSeconds: toNumber(shortestSeconds),
  silenceSeconds: toNumber(silenceSeconds),
})

/** `answerphone mailboxes …`: where messages are kept. */
export function mailboxesCommand(terminal: Terminal): Command {
  const mailboxes = new Command('mailboxes').description('where messages are kept, and how they are taken')

  mailboxes
    .command('list')
    .description('list the mailboxes with how many messages they hold')
    .option('--json', 'as JSON')
    .action(({ json }, command: Command) =>
      withData(command, async ({ store }) => {
        const counts = await store.messages.counts()
        const rows = (await store.mailboxes.list()).map((mailbox) => showMailbox(mailbox, counts))
        const greetings = new Map((await store.greetings.list()).map(({ id, name }) => [id, name]))
        printRows(rows, columns(greetings), { terminal, json, none })
      }),
    )

  mailboxes
    .command('show')
    .description('show a mailbox as JSON')
    .argument('<mailbox>', 'name or id')
    .action((key: string, _flags, command: Command) =>
      withData(command, async ({ store }) => {
        const mailbox = showMailbox(await needMailbox(store, key), await store.messages.counts())
        terminal.print(`${JSON.stringify(mailbox, null, 2)}\n`)
      }),
    )

  withFields(mailboxes.command('add'))
    .description('add a mailbox')
    .argument('<name>')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async ({ store }) => {
          const mailbox = await addMailbox(store, checkInput(mailboxInput, { ...fieldsOf(flags), name }))
          terminal.print(`Mailbox ${mailbox.name} is there.\n`)
        },
        { create: true },
      ),
    )

  withFields(mailboxes.command('set'))
    .description('change a mailbox')
    .argument('<mailbox>', 'name or id')
    .option('--name <NAME>', 'a new name')
    .action((key: string, flags: Flags, command: Command) =>
      withData(command, async ({ store }) => {
        const mailbox = await changeMailbox(store, key, checkInput(mailboxChange, fieldsOf(flags)))
        terminal.print(`Mailbox ${mailbox.name} is changed.\n`)
      }),
    )

  mailboxes
    .command('remove')
    .description('remove a mailbox that no line and no message needs')
    .argument('<mailbox>', 'name or id')
    .action((key: string, _flags, command: Command) =>
      withData(command, async ({ store }) => {
        await store.mailboxes.remove(key)
        terminal.print(`Mailbox ${key} is removed.\n`)
      }),
    )

  return mailboxes
}

function withFields(command: Command): Command {
  return command
    .option(
      '--greeting <GREETING>',
      'name or id of a greeting; empty for the one that ships with Answerphone',
    )
    .option('--longest-seconds <S>', 'longest message (default 180)')
    .option('--shortest-seconds <S>', 'a shorter one counts as hung up (default 1)')
    .option('--silence-seconds <S>', 'end a message after this much silence (default 0: never)')
}
