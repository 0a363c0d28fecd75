import { Command } from 'commander'
import { addPhone, changePhone, needPhone, removePhone, viewPhones } from '../api/acts/phones.ts'
import { type Phone, phoneChange, phoneInput } from '../api/contract.ts'
import { readConfig } from '../config.ts'
import { checkChange, checkInput, toNumber } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import { readGivenPassword } from './read-password.ts'
import { sipServers } from './sip-servers.ts'
import { srtpOption } from './srtp-option.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Phone>[] = [
  ['PHONE', (phone) => phone.name],
  ['RINGS FOR', (phone) => phone.mailboxes.join(' ')],
  ['SPEAKER', ({ speaker, speakerGainDb }) => (speaker ? `on, ${speakerGainDb} dB` : 'off')],
  ['REGISTERED', registered],
]

interface Flags {
  readonly name?: string
  readonly password?: string
  readonly passwordStdin?: boolean
  readonly newPassword?: boolean
  readonly mailbox?: string[]
  readonly speaker?: boolean
  readonly speakerGainDb?: string
  readonly srtp?: string
}

const fieldsOf = async (flags: Flags, terminal: Terminal) => ({
  name: flags.name,
  password: await readGivenPassword(flags, terminal),
  mailboxes: flags.mailbox,
  speaker: flags.speaker,
  speakerGainDb: toNumber(flags.speakerGainDb),
  srtp: flags.srtp,
})

/** `answerphone phones …`: the owner's devices. */
export function phonesCommand(terminal: Terminal): Command {
  const phones = new Command('phones').description('your phones: they ring, pick up and listen in')

  addList(phones, terminal, {
    description: 'list the phones with the devices that are registered now',
    columns: COLUMNS,
    none: 'No phones. Add one with `answerphone phones add NAME`.',
    read: async (data) => viewPhones(data, await data.store.phones.list()),
  })

  addShow(phones, terminal, {
    kind: 'phone',
    async read(data, key) {
      const [view] = await viewPhones(data, [await needPhone(data.store, key)])
      return view ?? {}
    },
  })

  withFields(phones.command('add'))
    .description('add a phone and say what to type into it; without a password one is made')
    .argument('<name>', 'the user name with which it logs in')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const input = checkInput(phoneInput, { ...(await fieldsOf(flags, terminal)), name })
          const { phone, password } = await addPhone(data, input)
          terminal.print(`Phone ${phone.name} is there. ${await whatToType(phone.name, password, command)}`)
        },
        { create: true },
      ),
    )

  withFields(phones.command('set'))
    .description('change a phone')
    .argument('<phone>', 'name or id')
    .option('--name <NAME>', 'a new name; it brings a new password')
    .option('--new-password', 'make a new password, and print it this once')
    .option('--no-speaker', 'no speaker any more')
    .action((key: string, flags: Flags, command: Command) =>
      withData(command, async (data) => {
        const fields = await fieldsOf(flags, terminal)
        const newPassword = flags.newPassword || (fields.name !== undefined && fields.password === undefined)
        const change = checkChange(phoneChange, { ...fields, ...(newPassword ? { newPassword } : {}) })
        const { phone, password } = await changePhone(data, key, change)
        const changed = `Phone ${phone.name} is changed.`
        if (password === null) terminal.print(`${changed}\n`)
        else terminal.print(`${changed} ${await whatToType(phone.name, password, command)}`)
      }),
    )

  addRemove(phones, terminal, {
    kind: 'phone',
    description: 'remove a phone; it is refused from now on',
    act: removePhone,
  })

  /** What the user has to type into the phone. */
  async function whatToType(name: string, password: string | null, command: Command): Promise<string> {
    const { data, config } = command.optsWithGlobals<{ data: string; config?: string }>()
    const servers = await sipServers(data, readConfig({ data, config }, terminal.env))
    const again = `It is shown this once; \`answerphone phones set ${name} --new-password\` makes another.\n`
    return [
      'Type this into it:\n\n',
      `  user      ${name}\n`,
      `  password  ${password ?? 'the one that you gave'}\n`,
      ...servers.map((server, at) => `  ${at === 0 ? 'server' : 'or    '}    ${server}\n`),
      password === null ? '' : `\n${again}`,
    ].join('')
  }

  return phones
}

function withFields(command: Command): Command {
  const collect = (name: string, names: string[] = []) => [...names, name]
  return command
    .option(
      '--mailbox <MAILBOX>',
      'a mailbox whose calls it rings for; may be given several times (default: the only one)',
      collect,
    )
    .option('--speaker', 'it plays messages aloud while they are left, like the old machines')
    .option('--speaker-gain-db <DB>', 'how much louder or softer than they come (default 0)')
    .addOption(srtpOption())
    .option('--password-stdin', 'read the password from the standard input')
    .option(
      '--password <PASSWORD>',
      'the password; others on this machine can see it in the list of processes',
    )
}

function registered({ devices, hasRegistered }: Phone): string {
  if (devices.length === 0) return hasRegistered ? 'not now' : 'never yet'
  return devices
    .map(({ userAgent, address, until }) => `${userAgent || 'phone'} at ${address} until ${localTime(until)}`)
    .join(', ')
}
