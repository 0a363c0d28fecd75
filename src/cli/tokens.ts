import { Command } from 'commander'
import { addToken, removeToken } from '../api/acts/tokens.ts'
import { type Token, tokenInput } from '../api/contract.ts'
import { showToken } from '../api/views/settings.ts'
import { checkInput } from './check-input.ts'
import { addList, addRemove } from './common-verbs.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Token>[] = [
  ['TOKEN', (token) => token.name],
  ['MADE', (token) => localTime(token.createdAt)],
  ['LAST USED', (token) => localTime(token.lastUsedAt) || 'never'],
  ['ID', (token) => token.id],
]

/** `answerphone tokens …`: keys for scripts that use the API. */
export function tokensCommand(terminal: Terminal): Command {
  const tokens = new Command('tokens').description('keys for scripts that use the API')

  addList(tokens, terminal, {
    description: 'list the tokens, without their secrets',
    columns: COLUMNS,
    none: 'No tokens.',
    read: async ({ store }) => (await store.tokens.list()).map(showToken),
  })

  tokens
    .command('create')
    .alias('add')
    .description('make a token with the rights of an owner, and print it this once')
    .argument('<name>', 'what it is for')
    .action((name: string, _flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const { secret } = await addToken(data, checkInput(tokenInput, { name }).name)
          terminal.print(`${secret}\n`)
          terminal.warn('Keep it: it is not shown again. Send it as `Authorization: Bearer …`.\n')
        },
        { create: true },
      ),
    )

  addRemove(tokens, terminal, {
    kind: 'token',
    description: 'remove a token; it is refused from now on',
    act: removeToken,
  })

  return tokens
}
