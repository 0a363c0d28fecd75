import { Command, Option } from 'commander'
import { addSetupToken } from '../api/acts/tokens.ts'
import { addUser, changeUser, needUser, removeUser, type UserTools } from '../api/acts/users.ts'
import { type User, userChange, userInput } from '../api/contract.ts'
import { showUser } from '../api/views/settings.ts'
import type { HostPort } from '../config/settings.ts'
import { readConfig } from '../config.ts'
import { findRunning } from '../running.ts'
import { bracketed } from '../shared/bracketed.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { createPasswords } from '../shared/passwords.ts'
import { checkInput } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import { pageUrl } from './page-url.ts'
import { type PasswordFlags, readGivenPassword, readPassword } from './read-password.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<User>[] = [
  ['USER', (user) => user.name],
  ['ROLE', (user) => user.role],
  ['ADDED', (user) => localTime(user.createdAt)],
  ['ID', (user) => user.id],
]

/** `answerphone users …`: who may log in to the page. */
export function usersCommand(terminal: Terminal): Command {
  const users = new Command('users').description('who may log in to the page')

  addList(users, terminal, {
    description: 'list the users',
    columns: COLUMNS,
    none: 'No users. `answerphone users link` prints a link that makes an owner.',
    read: async ({ store }) => (await store.users.list()).map(showUser),
  })

  addShow(users, terminal, {
    kind: 'user',
    read: async ({ store }, key) => showUser(await needUser(store, key)),
  })

  withPassword(users.command('add'))
    .description('add a user')
    .argument('<name>')
    .addOption(roleOption().default('owner'))
    .action((name: string, flags: PasswordFlags & { role: string }, command: Command) =>
      withData(
        command,
        async (data) => {
          const password = await readPassword(flags, terminal)
          const user = await addUser(
            toolsOf(data),
            checkInput(userInput, { name, password, role: flags.role }),
          )
          terminal.print(`User ${user.name} may log in.\n`)
        },
        { create: true },
      ),
    )

  withPassword(users.command('set'))
    .description("set what a user may do, or a new password, which ends the user's sessions")
    .argument('<user>', 'name or id')
    .addOption(roleOption())
    .action((key: string, flags: PasswordFlags & { role?: string }, command: Command) =>
      withData(command, async (data) => {
        const given = { password: await readGivenPassword(flags, terminal), role: flags.role }
        if (Object.values(given).every((value) => value === undefined))
          throw new AnswerphoneError('AP_INPUT_INVALID', {
            what: 'Give what is to change: --role, --password-stdin or --password.',
          })
        const change = checkInput(userChange, given)
        const user = await changeUser(toolsOf(data), key, change)
        const said = [
          ...(change.role === undefined
            ? []
            : [`is ${change.role === 'owner' ? 'an owner' : 'a member'} now`]),
          ...(change.password === undefined ? [] : ['has a new password']),
        ]
        terminal.print(`User ${user.name} ${said.join(' and ')}.\n`)
      }),
    )

  addRemove(users, terminal, {
    kind: 'user',
    description: 'remove a user and end their sessions',
    act: removeUser,
  })

  users
    .command('link')
    .description("print a fresh one-time link that makes an owner's account; it is good for a day")
    .action((_flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const { data: folder, config } = command.optsWithGlobals<{ data: string; config?: string }>()
          const { http, https } = readConfig({ data: folder, config }, terminal.env)
          const places = (await findRunning(folder)) ?? {
            http: hostPort(http),
            https: https && hostPort(https),
          }
          terminal.print(`${pageUrl(places)}#setup=${await addSetupToken(data)}\n`)
        },
        { create: true },
      ),
    )

  return users
}

const hostPort = ({ host, port }: HostPort) => `${bracketed(host)}:${port}`

const toolsOf = (data: Data): UserTools => ({ ...data, passwords: createPasswords(data.random) })

const roleOption = () =>
  new Option('--role <ROLE>', 'owner, or member: hears and deletes messages, changes no settings').choices([
    'owner',
    'member',
  ])

function withPassword(command: Command): Command {
  return command
    .option('--password-stdin', 'read the password from the standard input')
    .option(
      '--password <PASSWORD>',
      'the password; others on this machine can see it in the list of processes',
    )
}
