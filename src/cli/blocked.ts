import { Command } from 'commander'
import { blockNumber, showBlocked, unblockNumber } from '../api/acts/blocked.ts'
import { type BlockedNumber, blockedInput, writtenNumber } from '../api/contract.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { checkInput } from './check-input.ts'
import { addList } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<BlockedNumber>[] = [
  ['NUMBER', (blocked) => blocked.number],
  ['NAME', (blocked) => blocked.name],
  ['SINCE', (blocked) => localTime(blocked.at)],
  ['BY', (blocked) => blocked.by],
]

/** Typed, it is a number; callers show what they like, and the page blocks that as it is. */
const typedInput = blockedInput.extend({ number: writtenNumber })

/** `answerphone blocked …`: whose calls are refused. */
export function blockedCommand(terminal: Terminal): Command {
  const blocked = new Command('blocked').description('numbers whose calls are refused')

  addList(blocked, terminal, {
    description: 'list the blocked numbers',
    columns: COLUMNS,
    none: 'No blocked numbers.',
    read: async ({ store }) =>
      (await store.blocked.list()).map((row) => ({ id: row.number, ...showBlocked(row) })),
  })

  blocked
    .command('add')
    .description('refuse the calls of a number from now on')
    .argument('<number>', 'as the provider sends it, like +49301234567')
    .option('--name <NAME>', 'who that is')
    .action((number: string, { name }: { name?: string }, command: Command) =>
      withData(
        command,
        async (data) => {
          const input = checkInput(typedInput, { number, name }, { number: 'number' })
          await refuseNames(data, input.number)
          const { blocked: kept } = await blockNumber(data, input)
          terminal.print(`${kept.number} is blocked.\n`)
        },
        { create: true },
      ),
    )

  blocked
    .command('remove')
    .description('let a number call again')
    .argument('<number>')
    .action((number: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await unblockNumber(data, number)
        terminal.print(`${number} may call again.\n`)
      }),
    )

  return blocked
}

/** `Mum` could be a SIP user as well; but who has a contact of that name would believe her blocked. */
async function refuseNames({ store }: Data, typed: string): Promise<void> {
  const named = (await store.contacts.list(typed)).find(({ name }) => name === typed)
  if (!named || named.numbers.includes(typed)) return
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `number: "${typed}" is the name of a contact. Block its numbers: ${named.numbers.join(', ')}`,
  })
}
