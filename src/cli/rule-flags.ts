import type { Command } from 'commander'
import type { RuleAction, RuleCondition } from '../api/contract.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { toNumber, type Written } from './check-input.ts'
import { readDays } from './days.ts'

type Kind = RuleCondition['kind']
type Flags = Readonly<Record<string, unknown>>
/** A condition before it is checked. */
type Given = { readonly kind: Kind; readonly not: boolean } & Record<string, unknown>

/** How each condition is written: its flag, what follows it, what that means. Each has a twin that begins with `--not-`. */
const CONDITIONS: readonly {
  readonly kind: Kind
  readonly flag: string
  readonly value?: string
  readonly about: string
  readonly read: (value: string) => Record<string, unknown>
}[] = [
  {
    ...{ kind: 'who', flag: 'who', value: '<WHO>' },
    about: 'favourite, contact, stranger, anonymous, internal or blocked; several with commas',
    read: (value) => ({ are: split(value) }),
  },
  {
    ...{ kind: 'people', flag: 'person', value: '<CONTACT>' },
    about: 'a contact, by name or id; several with commas',
    read: (value) => ({ contacts: split(value) }),
  },
  {
    ...{ kind: 'number', flag: 'number', value: '<NUMBER>' },
    about: 'a number, or a pattern like 0900*; several with commas',
    read: (value) => ({ like: split(value) }),
  },
  {
    ...{ kind: 'name', flag: 'caller-name', value: '<TEXT>' },
    about: "part of the name that the caller's side shows; several with commas",
    read: (value) => ({ has: split(value) }),
  },
  {
    ...{ kind: 'diverted', flag: 'diverted-from', value: '<NUMBER>' },
    about: 'the call was sent on from there; any: from anywhere',
    read: (value) => ({ from: value === 'any' ? [] : split(value) }),
  },
  {
    ...{ kind: 'attestation', flag: 'signature', value: '<WHAT>' },
    about: 'of the number: A, B, C, valid, wrong or none; several with commas',
    read: (value) => ({ is: split(value) }),
  },
  {
    ...{ kind: 'suspected', flag: 'suspected' },
    about: 'somebody along the way takes the call for spam',
    read: () => ({}),
  },
  {
    ...{ kind: 'listed', flag: 'listed', value: '[LIST]' },
    about: 'the number is on this block list, or any; several with commas',
    read: (value) => ({ lists: value === 'true' ? [] : split(value) }),
  },
  {
    ...{ kind: 'line', flag: 'line', value: '<LINE>' },
    about: 'the call is for this line; several with commas',
    read: (value) => ({ lines: split(value) }),
  },
  {
    ...{ kind: 'hours', flag: 'hours', value: '<HOURS>' },
    about: "like 22:00-07:00 or 'mon-fri 09:00-17:00'; several with ;",
    read: (value) => ({ spans: value.split(';').map(readHours) }),
  },
  {
    ...{ kind: 'dates', flag: 'dates', value: '<FROM..TO>' },
    about: 'like 2026-12-24..2027-01-02, or 12-24..12-26 for each year; several with commas',
    read: (value) => ({ spans: split(value).map(readDates) }),
  },
  {
    ...{ kind: 'holiday', flag: 'holiday', value: '<REGION>' },
    about: 'it is a public holiday there, like DE or DE-BY',
    read: (value) => ({ region: value }),
  },
  {
    ...{ kind: 'calls', flag: 'calls', value: '<N/MINUTES>' },
    about: 'it is at least so many-th call of the same caller in so many minutes, like 3/10',
    read(value) {
      const [atLeast, minutes] = value.split('/').map(toNumber)
      return { atLeast, minutes }
    },
  },
  {
    ...{ kind: 'messages', flag: 'messages', value: '<STATE/N>' },
    about: 'so many messages at least are in the mailbox, like new/20 or junk/100',
    read(value) {
      const [state, count] = value.split('/')
      return { state, atLeast: toNumber(count) }
    },
  },
]

/** Adds the flags of `rules add` and `rules set`. */
export function addRuleFlags(command: Command): Command {
  for (const { flag, value = '', about } of CONDITIONS) {
    command.option(`--${flag} ${value}`.trim(), `if: ${about}`)
    command.option(`--not-${flag} ${value}`.trim(), 'if that does not hold')
  }
  return command
    .option('--phones <PHONES>', 'then: only these ring, with commas; none, or all as ever')
    .option('--gate <KIND>', 'then: the caller has to press a key, or to say a name, first; or none')
    .option('--gate-key <DIGIT>', 'the key to press (default: 5)')
    .option('--ring-seconds <N>', 'then: so long, until the machine answers. The caller could notice')
    .option('--at-once', 'then: the machine answers at once. The caller could notice')
    .option('--greeting <NAME>', 'then: this one is heard (shipped: the built-in). The caller could notice')
    .option('--junk', 'then: a message goes to junk')
    .option('--label <TEXT>', 'then: phones show it before the name')
    .option('--refuse <HOW>', 'then: busy, unobtainable or declined. The caller could notice')
}

/** What is to be done with a call that is taken. */
const TAKING = ['phones', 'gate', 'gate-key', 'ring-seconds', 'at-once', 'greeting', 'junk', 'label']
const ACTIONS = [...TAKING, 'refuse']
const CLASHES: Readonly<Record<string, readonly string[]>> = { refuse: TAKING, 'at-once': ['ring-seconds'] }

/** True where any flag says what a rule is to be. */
export function hasRuleFlags(flags: Flags): boolean {
  const flagsOf = ({ flag }: { flag: string }) => [flag, `not-${flag}`]
  return [...CONDITIONS.flatMap(flagsOf), ...ACTIONS].some((flag) => flags[camel(flag)] !== undefined)
}

/** The conditions that are given by flags. */
export function readConditions(flags: Flags): readonly Given[] {
  return CONDITIONS.flatMap(({ kind, flag, read }) =>
    [false, true].flatMap((not) => {
      const value = flags[camel(not ? `not-${flag}` : flag)]
      return value === undefined ? [] : [{ kind, not, ...read(String(value)) }]
    }),
  )
}

/** The flags by which conditions were given, and what is to be done. */
export function ruleFlagsOf(conditions: readonly Pick<Given, 'kind' | 'not'>[]): Written {
  const flags = conditions.map(({ kind, not }, at) => {
    const flag = CONDITIONS.find((condition) => condition.kind === kind)?.flag
    return [`when.${at}`, `--${not ? 'not-' : ''}${flag}`]
  })
  return { ...Object.fromEntries(flags), 'action.as': '--refuse', 'action.gate.digit': '--gate-key' }
}

/** What is to be done; undefined: no flag says. */
export function readAction(flags: Flags, before?: RuleAction): Record<string, unknown> | undefined {
  const text = (name: string) => (flags[name] === undefined ? undefined : String(flags[name]))
  const { refuse, phones, greeting, label } = {
    refuse: text('refuse'),
    phones: text('phones'),
    greeting: text('greeting'),
    label: text('label'),
  }
  refuseClashes(flags)
  if (refuse !== undefined) return { kind: 'refuse', as: refuse }
  const ringSeconds = flags['atOnce'] ? 0 : toNumber(text('ringSeconds'))
  const given = {
    ...(phones !== undefined && { phones: readPhones(phones) }),
    ...readGate(text('gate'), text('gateKey'), before),
    ...(ringSeconds !== undefined && { ringSeconds }),
    ...(greeting !== undefined && { greeting: greeting === 'shipped' ? null : greeting }),
    ...(flags['junk'] === true && { junk: true }),
    ...(label !== undefined && { label: label === '' ? undefined : label }),
  }
  if (Object.keys(given).length === 0) return undefined
  return { ...(before?.kind === 'take' ? before : {}), kind: 'take', ...given }
}

/** What would be done in several ways at once: nobody could tell which was meant. */
function refuseClashes(flags: Flags): void {
  const given = ACTIONS.filter((flag) => flags[camel(flag)] !== undefined)
  for (const [flag, clashing] of Object.entries(CLASHES)) {
    const other = given.find((one) => clashing.includes(one))
    if (given.includes(flag) && other !== undefined)
      throw new AnswerphoneError('AP_INPUT_INVALID', { what: `--${flag} does not go with --${other}.` })
  }
}

/** The key alone says that there is to be one. */
function readGate(kind: string | undefined, digit: string | undefined, before?: RuleAction) {
  if (kind === undefined && digit === undefined) return undefined
  if (kind === 'none') return { gate: undefined }
  const kept = before?.kind === 'take' && before.gate?.kind === 'key' ? before.gate.digit : '5'
  if (kind === undefined || kind === 'key') return { gate: { kind: 'key', digit: digit ?? kept } }
  if (kind === 'name' && digit === undefined) return { gate: { kind } }
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what:
      kind === 'name'
        ? '--gate-key goes with --gate key.'
        : `--gate: "${kind}" is none. Write key, name or none.`,
  })
}

const readPhones = (text: string) => (text === 'all' ? undefined : text === 'none' ? [] : split(text))
const split = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
const camel = (flag: string) => flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

function readHours(text: string) {
  const [, days = 'mon-sun', from, to] = /^\s*(?:([a-z,-]+)\s+)?(\d\d:\d\d)-(\d\d:\d\d)\s*$/i.exec(text) ?? []
  if (from === undefined)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: `--hours: "${text}" is none. Write 22:00-07:00 or "mon-fri 09:00-17:00".`,
    })
  return { days: readDays(days), from, to }
}

function readDates(text: string) {
  const [from = '', to = from] = text.split('..')
  return { from, to }
}
