import { Command, Option } from 'commander'
import { addSource, changeSource, findSource, removeSource } from '../api/acts/contact-sources.ts'
import { contactSourceChange, contactSourceInput, type ContactSource as Shown } from '../api/contract.ts'
import { showSource } from '../api/views/contact-source.ts'
import { openReadThread } from '../contacts/carddav/open-read-thread.ts'
import { SYNC_LEASE_MS, syncSource } from '../contacts/carddav/sync-source.ts'
import { findRunning, portsOf } from '../running.ts'
import { AnswerphoneError, type ErrorCode } from '../shared/errors.ts'
import type { ContactSource } from '../store/contact-source.ts'
import { checkChange, checkInput } from './check-input.ts'
import { addList, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import { type PasswordFlags, readGivenPassword, readPassword } from './read-password.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Shown>[] = [
  ['NAME', ({ name }) => name],
  ['URL', ({ url }) => url],
  ['USER', ({ user }) => user],
  ['BOOKS', ({ books }) => books?.join(', ') ?? 'all'],
  ['EVERY', ({ intervalMinutes }) => sayMinutes(intervalMinutes)],
  ['CONTACTS', ({ contacts }) => `${contacts}`],
  ['LEFT OUT', ({ leftOut }) => `${leftOut.length}`],
  ['LAST READ', ({ lastReadAt }) => localTime(lastReadAt)],
  ['PROBLEM', ({ problem }) => problem?.code ?? ''],
]

interface Flags extends PasswordFlags {
  readonly name?: string
  readonly url?: string
  readonly user?: string
  readonly book: readonly string[]
  readonly allBooks?: boolean
  readonly interval?: string
}

const collect = (one: string, all: readonly string[]) => [...all, one]
const withFlags = (command: Command): Command =>
  command
    .option('--user <USER>', 'who logs in there')
    .option('--password <PASSWORD>', 'its password; others on this machine may see it here')
    .option('--password-stdin', 'read the password from the standard input')
    .option(
      '--book <BOOK>',
      'only this address book, by its name or URL; may be given several times',
      collect,
      [],
    )
    .option('--interval <SPAN>', 'how often it is read, from 5m to 7d (default 1h)')

/** `answerphone contacts sync …`: address books at CardDAV servers, whose contacts are taken over. */
export function contactSourcesCommand(terminal: Terminal): Command {
  const sync = new Command('sync').description(
    'take contacts over from CardDAV servers; nothing is ever written there',
  )

  withFlags(
    sync
      .command('add')
      .description('take over the contacts of an account, now and from now on')
      .argument('<url>'),
  )
    .option('--name <NAME>', "what it is called here (default the server's name)")
    .action((url: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const input = checkInput(contactSourceInput, {
            ...{ url, user: flags.user, name: flags.name ?? URL.parse(url)?.hostname ?? url },
            ...(flags.book.length > 0 && { books: flags.book }),
            ...(flags.interval !== undefined && { intervalMinutes: readMinutes(flags.interval) }),
            password: await readPassword(flags, terminal),
          })
          const source = await addSource(data, input)
          terminal.print(`${source.name} is added.\n`)
          terminal.print(await tellRead(data, await readNow(data, source)))
        },
        { create: true },
      ),
    )

  addList(sync, terminal, {
    description: 'list the accounts: how many contacts are theirs, and how the last reading went',
    columns: COLUMNS,
    none: 'No contacts are taken over from elsewhere.',
    read: async ({ store, clock }) =>
      Promise.all((await store.contactSources.list()).map((each) => showSource(store, each, clock.now()))),
  })
  addShow(sync, terminal, {
    kind: 'account',
    read: async ({ store, clock }, key) => showSource(store, await findSource(store, key), clock.now()),
  })

  withFlags(
    sync.command('set').description('change one; it is read soon after').argument('<account>', 'name or id'),
  )
    .option('--name <NAME>', 'another name')
    .option('--url <URL>', 'another address; needs the password again')
    .option('--all-books', 'all address books of the account')
    .action((key: string, flags: Flags, command: Command) =>
      withData(command, async (data) => {
        const { name, url, user, book, allBooks, interval } = flags
        const change = checkChange(contactSourceChange, {
          ...{ name, url, user, password: await readGivenPassword(flags, terminal) },
          books: allBooks ? null : book.length > 0 ? book : undefined,
          intervalMinutes: interval === undefined ? undefined : readMinutes(interval),
        })
        terminal.print(`${(await changeSource(data, key, change)).name} is changed.\n`)
      }),
    )

  sync
    .command('now')
    .description('read accounts now, and say what came of it')
    .argument('[account]', 'name or id; default: all')
    .action((key: string | undefined, _flags, command: Command) =>
      withData(command, async (data) => {
        const all =
          key === undefined ? await data.store.contactSources.list() : [await findSource(data.store, key)]
        let failed: ContactSource | undefined
        for (const source of all) {
          const read = await readNow(data, source)
          terminal.print(await tellRead(data, read))
          if (read.problem !== null) failed ??= read
        }
        if (failed?.problem)
          throw new AnswerphoneError(failed.problem as ErrorCode, { detail: failed.detail })
      }),
    )

  sync
    .command('remove')
    .description('take over no more; its contacts go, unless you keep them')
    .argument('<account>', 'name or id')
    .addOption(new Option('--keep', 'its contacts stay, as if you had added them here'))
    .action((key: string, { keep }: { readonly keep?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const { name } = await removeSource(data, key, { contacts: keep ? 'keep' : 'remove' })
        terminal.print(
          `${name} is removed${keep ? '; its contacts are your own now' : ', with its contacts'}.\n`,
        )
      }),
    )
  return sync
}

/** Reads it in this very process; rejects with AP_CONTACT_SOURCE_BUSY where the machine does so. */
async function readNow(data: Data, { id, name }: ContactSource): Promise<ContactSource> {
  const { store, clock, log, dataDir } = data
  const now = clock.now()
  const claimed = await store.contactSources.claim(now, now + SYNC_LEASE_MS, id)
  if (!claimed) throw new AnswerphoneError('AP_CONTACT_SOURCE_BUSY', { name })
  const running = await findRunning(dataDir)
  const reach = () => ({ publicOnly: false, ownPorts: running ? portsOf(running) : [] })
  await using thread = openReadThread()
  const read = await syncSource({ store, thread, reach, clock, log }, claimed)
  if (!read) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'account', id: name })
  return read
}

async function tellRead({ store, clock }: Data, source: ContactSource): Promise<string> {
  const { name, contacts, withoutNumber, leftOut, found, problem } = await showSource(
    store,
    source,
    clock.now(),
  )
  if (problem) return `${name} could not be read. ${problem.message}\n`
  const books = found.map((book) => `"${book.name}"`).join(', ')
  return [
    `${name}: ${contacts} contacts; its address books: ${books}.\n`,
    withoutNumber > 0 ? `  ${withoutNumber} cards without a number are left out.\n` : '',
    ...leftOut.map(
      (card) => `  ${card.name}: ${card.numbers.join(', ')} belongs to another contact already.\n`,
    ),
  ].join('')
}

const UNITS = { m: 1, h: 60, d: 1440 } as const

/** `90m`, `1h`, `7d` in minutes; what is none of them is refused. */
function readMinutes(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  if (count !== undefined) return Number(count) * UNITS[unit as keyof typeof UNITS]
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `--interval: "${text}" is no span. Write it like 30m, 1h or 1d.`,
  })
}

function sayMinutes(minutes: number): string {
  const [unit = 'm'] = (['d', 'h'] as const).filter((each) => minutes % UNITS[each] === 0)
  return `${minutes / UNITS[unit]}${unit}`
}
