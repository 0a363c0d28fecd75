import { Command, Option } from 'commander'
import { addLine, changeLine, needLine, removeLine, viewLine, viewLines } from '../api/acts/lines.ts'
import { type Line, lineChange, lineInput } from '../api/contract.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { INTERNAL_USES } from '../store/model.ts'
import { isClaimed } from '../store/sqlite/claim-folder.ts'
import { checkChange, checkInput, toNumber, type Written } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { toCountry } from './house.ts'
import { needPreset, presetsCommand } from './line-presets.ts'
import { localTime } from './moment.ts'
import { type PasswordFlags, readGivenPassword } from './read-password.ts'
import { srtpOption } from './srtp-option.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Line>[] = [
  ['LINE', (line) => line.name],
  ['NUMBER', (line) => line.number],
  ['CALLS FROM', (line) => [line.account?.registrar, ...line.trunk].filter(Boolean).join(' ')],
  ['REGISTRATION', (line) => line.account && stateOf(line.registration)],
  ['MAILBOX', (line) => line.mailbox],
  ['RINGS', ringsFor],
  ['COUNTRY', (line) => line.country],
  ['CALLS OUT', (line) => line.callBack ?? (line.callOut && line.account && 'by its account')],
]

/** `18 s; 6 s while messages wait`. */
function ringsFor({ ringSeconds, tollSaverSeconds }: Line): string {
  const usual = `${ringSeconds} s`
  return tollSaverSeconds === null || tollSaverSeconds >= ringSeconds
    ? usual
    : `${usual}; ${tollSaverSeconds} s while messages wait`
}

/** `failing: AP_REGISTRAR_SILENT`; what it is about says `show`. */
function stateOf(registration: Line['registration']): string {
  if (!registration) return 'not running'
  const { state, since, problem, isPast } = registration
  const stands = problem ? `${state}: ${problem.code}` : state
  return isPast ? `machine not running; ${stands} as of ${localTime(since)}` : stands
}

/** What the database says of registrations is so while the machine runs. */
function markPast(lines: readonly Line[], { dataDir }: Data): Line[] {
  if (isClaimed(dataDir)) return [...lines]
  return lines.map(({ registration, ...line }) => ({
    ...line,
    registration: registration && { ...registration, isPast: true },
  }))
}

interface Flags extends PasswordFlags {
  readonly name?: string
  readonly trunk?: string[]
  readonly number?: string
  readonly mailbox?: string
  readonly ringSeconds?: string
  readonly tollSaver?: string
  readonly callBack?: string
  readonly callOut?: string
  readonly callOutPhones?: string
  readonly callOutAtOnce?: string
  readonly callOutPerHour?: string
  readonly srtp?: string
  readonly internal?: string
  readonly internalDigits?: string
  readonly country?: string
  readonly areaCode?: string
  readonly trustVerstat?: boolean
  readonly registrar?: string
  readonly user?: string
  readonly authUser?: string
  readonly outboundProxy?: string
  readonly expirySeconds?: string
  readonly preset?: string
}

async function readFields(flags: Flags, terminal: Terminal) {
  const { name, trunk, number, mailbox, ringSeconds, callBack, srtp, areaCode } = flags
  const preset = flags.preset === undefined ? undefined : needPreset(flags.preset)
  const given = preset?.line ?? {}
  return {
    name,
    trunk: trunk?.filter((block) => block !== 'none') ?? preset?.trunk,
    number: number === '' ? null : number,
    mailbox,
    ringSeconds: toNumber(ringSeconds),
    tollSaverSeconds: flags.tollSaver === 'off' ? null : toNumber(flags.tollSaver),
    callBack: callBack === 'none' ? null : callBack,
    callOut: readCallOut(flags),
    srtp,
    internal: flags.internal ?? given.internal,
    internalDigits: toNumber(flags.internalDigits) ?? given.internalDigits,
    country:
      toCountry(flags.country) ?? (flags.country === undefined ? (preset?.country ?? undefined) : null),
    areaCode: areaCode === 'none' ? null : areaCode,
    trustVerstat: flags.trustVerstat ?? given.trustVerstat,
    account: await readAccount(
      {
        ...(preset?.registrar && { registrar: preset.registrar }),
        ...(given.expirySeconds !== undefined && { expirySeconds: `${given.expirySeconds}` }),
        ...flags,
      },
      terminal,
    ),
  }
}

/** Undefined where no flag is about calls out. Limits let nobody out by themselves. */
function readCallOut({ callOut, callOutPhones, callOutAtOnce, callOutPerHour }: Flags) {
  const limits = {
    phones: callOutPhones === 'all' ? null : callOutPhones?.split(',').map((name) => name.trim()),
    atOnce: toNumber(callOutAtOnce),
    perHour: toNumber(callOutPerHour),
  }
  const isLimited = Object.values(limits).some((value) => value !== undefined)
  if (callOut === 'on') return limits
  if (isLimited)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: 'Say --call-out on with it: calls out cost money, and are allowed in so many words.',
    })
  return callOut === 'off' ? null : undefined
}

/** Undefined where no flag is about the account. */
async function readAccount(flags: Flags, terminal: Terminal) {
  const { registrar, user, authUser, outboundProxy, expirySeconds } = flags
  if (registrar === 'none') return null
  const account = {
    registrar,
    user,
    authUser: authUser === '' ? null : authUser,
    outboundProxy: outboundProxy === 'none' ? null : outboundProxy,
    expirySeconds: toNumber(expirySeconds),
    password: await readGivenPassword(flags, terminal),
  }
  return Object.values(account).some((value) => value !== undefined) ? account : undefined
}

/** Fields that are flags of another name. */
const WRITTEN: Written = {
  tollSaverSeconds: '--toll-saver',
  'account.password': '--password-stdin',
  'callOut.phones': '--call-out-phones',
  'callOut.atOnce': '--call-out-at-once',
  'callOut.perHour': '--call-out-per-hour',
}

/** `answerphone lines …`: the accounts and trunks from which calls come. */
export function linesCommand(terminal: Terminal): Command {
  const lines = new Command('lines').description('the lines that the machine answers')

  addList(lines, terminal, {
    description: 'list the lines',
    columns: COLUMNS,
    none: 'No lines. Add one with `answerphone lines add NAME --registrar HOST --user USER --password-stdin`, or with `--trunk ADDRESS`.',
    read: async (data) => markPast(await viewLines(data.store), data),
  })

  addShow(lines, terminal, {
    kind: 'line',
    async read(data, key) {
      const [line] = markPast([await viewLine(data.store, await needLine(data.store, key))], data)
      return line as Line
    },
  })

  lines.addCommand(presetsCommand(terminal))

  withFields(lines.command('add'))
    .option(
      '--preset <PRESET>',
      'how it is set up at a provider or telephone system: see `lines presets list`',
    )
    .description('add a line; without --mailbox it gets the mailbox of its name, made if that is missing')
    .argument('<name>', 'the user part of its SIP address')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const line = await addLine(
            data,
            checkInput(lineInput, { ...(await readFields(flags, terminal)), name }, WRITTEN),
          )
          terminal.print(`Line ${line.name} is there: it answers after ${line.ringSeconds} s.\n`)
          if (line.account)
            terminal.print(`It registers at ${line.account.registrar}: see \`answerphone lines list\`.\n`)
        },
        { create: true },
      ),
    )

  withFields(lines.command('set'))
    .description('change a line; calls going on keep the plan with which they came')
    .argument('<line>', 'name or id')
    .option('--name <NAME>', 'a new name')
    .action((key: string, flags: Flags, command: Command) =>
      withData(command, async (data) => {
        const change = checkChange(lineChange, await readFields(flags, terminal), WRITTEN)
        const line = await changeLine(data, key, change)
        terminal.print(`Line ${line.name} is changed.\n`)
      }),
    )

  addRemove(lines, terminal, {
    kind: 'line',
    description: 'remove a line; its mailbox and messages stay',
    act: removeLine,
  })

  return lines
}

function withFields(command: Command): Command {
  const collect = (block: string, blocks: string[] = []) => [...blocks, block]
  return command
    .option(
      '--trunk <CIDR>',
      'an address or block that may call this line; may be given several times; none: only the registrar may',
      collect,
    )
    .option(
      '--registrar <URI>',
      'where it registers, like sip.example.com or sip:192.0.2.7;transport=tcp; none: nowhere',
    )
    .option('--user <USER>', 'the user of the account, often the number')
    .option('--password <PASSWORD>', 'its password; others on this machine may see it here')
    .option('--password-stdin', 'read the password from the standard input')
    .option('--auth-user <USER>', 'the user name for the login, where it is another one; empty for none')
    .option('--outbound-proxy <URI>', 'where requests go first; none: to the registrar')
    .option('--expiry-seconds <S>', 'how long a registration is asked to last (default 600)')
    .option('--number <NUMBER>', 'its telephone number as the provider sends it; empty for none')
    .option('--mailbox <MAILBOX>', 'where its messages go')
    .option('--ring-seconds <S>', 'ring time before the machine answers (default 18; 0 answers at once)')
    .option(
      '--toll-saver <S>',
      'ring time while new messages wait, so that calling from afar tells whether there are any; every caller can notice; off (default)',
    )
    .option(
      '--call-back <URI>',
      'a gateway through which phones may call out by this line, like sip:192.0.2.7:5060; none: there is none (default)',
    )
    .addOption(
      new Option('--call-out <on|off>', 'whether phones may call out by its account (default off)').choices([
        'on',
        'off',
      ]),
    )
    .option(
      '--call-out-phones <PHONES>',
      'which, by name: kitchen,page-ada; all: those of its mailbox (default)',
    )
    .option('--call-out-at-once <N>', 'calls out at a time (default 4)')
    .option('--call-out-per-hour <N>', 'calls out in any hour (default 30)')
    .addOption(srtpOption())
    .addOption(
      new Option(
        '--internal <USE>',
        'what becomes of internal calls: ring (default) phones, without an answer by the machine; answer them as others; ignore them',
      ).choices(INTERNAL_USES),
    )
    .option(
      '--internal-digits <N>',
      'who calls internally: numbers of so many digits at most, or with ** in front (default 0: nobody; 3 with a FRITZ!Box)',
    )
    .option(
      '--country <CC>',
      'where it is, in two letters like DE: numbers are read as they are written there; none: not known',
    )
    .option(
      '--area-code <DIGITS>',
      'what local numbers lack that come without it, like 30; none: nothing is put before them',
    )
    .option(
      '--trust-verstat',
      'believe what its provider says of a number (verstat): it has to remove what others write there',
    )
    .option('--no-trust-verstat', 'do not believe it (default)')
}
