import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import {
  addNumberList,
  changeNumberList,
  needNumberList,
  putNumbers,
  removeNumberList,
} from '../api/acts/number-lists.ts'
import { type NumberList, numberCheckQuery, numberListChange, numberListInput } from '../api/contract.ts'
import { showNumberList } from '../api/views/number-list.ts'
import { createListDesk, LIST_LEASE_MS, type ListDesk } from '../lists/list-desk.ts'
import { problemOf } from '../lists/problem-of.ts'
import { openListBook } from '../machine/list-book.ts'
import { findRunning, portsOf } from '../running.ts'
import { decodeText } from '../shared/decode-text.ts'
import { checkChange, checkInput, toNumber } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'
import { refuseFile } from './write-audio.ts'

const COLUMNS: readonly Column<NumberList>[] = [
  ['NAME', (list) => list.name],
  ['FROM', (list) => (list.kind === 'phoneblock' ? `PhoneBlock, ${list.url}` : (list.url ?? 'a file'))],
  ['NUMBERS', (list) => `${list.count}`],
  ['READ', (list) => localTime(list.readAt)],
  ['NEXT', (list) => localTime(list.nextAt)],
  ['PROBLEM', (list) => list.problem?.message ?? (list.skipped > 0 ? `${list.skipped} were no numbers` : '')],
]

interface Flags {
  readonly file?: string
  readonly url?: string
  readonly phoneblock?: boolean
  readonly tokenStdin?: boolean
  readonly country?: string
  readonly minVotes?: string
  readonly every?: string
}

const WRITTEN = { everyHours: '--every', token: '--token-stdin' }

/** `answerphone block-lists …`: numbers that others warn of. */
export function blockListsCommand(terminal: Terminal): Command {
  const lists = new Command('block-lists').description(
    'lists of unwanted numbers: files, addresses, PhoneBlock. Rules say what becomes of their calls',
  )
  const withFlags = (command: Command) =>
    command
      .option(
        '--file <FILE>',
        'take its numbers: lines, CSV, JSON, vCard, FRITZ!Box; - for the standard input',
      )
      .option('--url <URL>', 'fetch it there; of PhoneBlock: its API, if it is another than phoneblock.net')
      .option('--token-stdin', 'read the token that lets in there from the standard input')
      .option('--country <CC>', 'of numbers without a country code, like DE; house: that of the house')
      .option('--min-votes <N>', 'of PhoneBlock: so many have to complain of a number (default 10)')
      .option('--every <HOURS>', 'how often it is fetched, about (default 24)')

  addList(lists, terminal, {
    description: 'list them: how many numbers they have, and how the last try went',
    columns: COLUMNS,
    none: 'No block lists.',
    read: async ({ store }) => (await store.numberLists.list()).map(showNumberList),
  })
  addShow(lists, terminal, {
    kind: 'list',
    read: async ({ store }, key) => showNumberList(await needNumberList(store, key)),
  })

  withFlags(lists.command('add').description('add a list, and read it').argument('<name>'))
    .option('--phoneblock', 'it is at PhoneBlock, or a service of that kind; with --token-stdin')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const kind = flags.phoneblock ? 'phoneblock' : flags.url === undefined ? 'file' : 'url'
          const text = await readText(flags, terminal)
          const input = checkInput(numberListInput, { name, kind, ...(await read(flags, terminal)) }, WRITTEN)
          const { id } = await addNumberList(data, input, LIST_LEASE_MS)
          if (kind === 'file' && text === undefined)
            return terminal.print(`${name} is there, and empty: give it numbers with set --file.\n`)
          try {
            await tell(data, id, text)
          } catch (error) {
            // What can't be read as a list was not meant.
            if (text !== undefined) await removeNumberList(data, id)
            else terminal.print(`${name} is there, without numbers until it can be read.\n`)
            throw error
          }
          terminal.print('What becomes of their calls, a rule says: rules add --ready-made listed-to-junk\n')
        },
        { create: true },
      ),
    )

  withFlags(
    lists
      .command('set')
      .description('change a list, or put another file in its place')
      .argument('<list>', 'name or id')
      .option('--name <NAME>', 'call it so'),
  ).action((key: string, flags: Flags & { readonly name?: string }, command: Command) =>
    withData(command, async (data) => {
      const { id } = await needNumberList(data.store, key)
      const text = await readText(flags, terminal)
      const change = { name: flags.name, ...(await read(flags, terminal)) }
      if (text === undefined || Object.values(change).some((value) => value !== undefined))
        await changeNumberList(data, id, checkChange(numberListChange, change, WRITTEN))
      if (text !== undefined) await tell(data, id, text)
      else terminal.print(`${(await needNumberList(data.store, id)).name} is changed.\n`)
    }),
  )

  addRemove(lists, terminal, {
    kind: 'list',
    description: 'remove a list',
    act: removeNumberList,
  })

  lists
    .command('refresh')
    .description('fetch a list now, or all')
    .argument('[list]', 'name or id (default: all that are fetched)')
    .action((key: string | undefined, _flags, command: Command) =>
      withData(command, async (data) => {
        const all = key === undefined ? await data.store.numberLists.list() : []
        const ids = key === undefined ? all.filter(({ url }) => url !== null).map(({ id }) => id) : [key]
        for (const id of ids) await tell(data, id)
      }),
    )

  lists
    .command('check')
    .description('tell which lists have a number; nobody outside is asked')
    .argument('<number>', 'like +49301234567')
    .action((text: string, _flags, command: Command) =>
      withData(command, async ({ store, log }) => {
        const { number } = checkInput(numberCheckQuery, { number: text }, { number: 'number' })
        const book = await openListBook(store, log)
        const on = book.listsOf(number, null)
        book.close()
        const names = (await store.numberLists.list()).filter(({ id }) => on.includes(id))
        terminal.print(
          names.length === 0
            ? `${number} is on no list.\n`
            : `${number} is on ${names.map(({ name }) => name).join(', ')}.\n`,
        )
      }),
    )

  /** Reads it, by itself or from this text, and says how that went. */
  async function tell(data: Data, key: string, text?: string): Promise<void> {
    const desk = await deskOf(data)
    const list =
      text === undefined ? await desk.refresh(key) : await putNumbers({ ...data, lists: desk }, key, text)
    if (list.problem) throw problemOf(list.problem)
    const skipped = list.skipped > 0 ? ` ${list.skipped} entries were none.` : ''
    terminal.print(`${list.name}: ${list.count} numbers.${skipped}\n`)
  }

  return lists
}

async function deskOf({ store, clock, random, dataDir }: Data): Promise<ListDesk> {
  const running = await findRunning(dataDir)
  const ownPorts = running ? portsOf(running) : []
  return createListDesk({ store, clock, random, reach: () => ({ publicOnly: false, ownPorts }) })
}

async function read({ url, tokenStdin, country, minVotes, every }: Flags, terminal: Terminal) {
  const token = tokenStdin
    ? (await terminal.readSecret('Token (it is not shown): ')).replace(/\r?\n$/, '')
    : undefined
  return {
    ...{ url, token, minVotes: toNumber(minVotes), everyHours: toNumber(every) },
    country: country === 'house' ? null : country,
  }
}

async function readText({ file }: Flags, terminal: Terminal): Promise<string | undefined> {
  if (file === undefined) return undefined
  if (file === '-') return await terminal.readInput()
  return decodeText(await readFile(file).catch((error: Error) => refuseFile(file, error)))
}
