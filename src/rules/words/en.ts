import type { GateQuestion } from '../../shared/caller-gate.ts'
import type { Weekday } from '../../shared/local-time.ts'
import { unreachable } from '../../shared/step.ts'
import type { WeekHours } from '../../shared/week-hours.ts'
import type { Action, Attested, DateSpan, Refusal, Wanted, Who } from '../rule.ts'
import { listed, quoted, shortened, spansOfDays } from './listed.ts'
import type { Names, RuleWords } from './rule-words.ts'

const WHO: Readonly<Record<Who, string>> = {
  favourite: 'a favourite',
  contact: 'a contact',
  stranger: 'a stranger',
  anonymous: 'anonymous',
  internal: 'an extension',
  blocked: 'blocked',
}
const ATTESTED: Readonly<Record<Attested, string>> = {
  A: 'valid at level A',
  B: 'valid at level B',
  C: 'valid at level C',
  valid: 'valid',
  wrong: 'wrong',
  none: 'missing',
}
const REFUSED: Readonly<Record<Refusal, string>> = {
  busy: 'the caller hears that it is busy',
  unobtainable: 'the caller hears that there is no such number',
  declined: 'the call is refused',
}
const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const or = (items: readonly string[]) => listed(items, 'or')
const and = (items: readonly string[]) => listed(items, 'and')

export const english: RuleWords = {
  rule({ when, action }, names) {
    const done = english.action(action, names)
    if (when.length === 0) return `At every call: ${done}.`
    return `If ${and(when.map((condition) => english.condition(condition, names)))}: ${done}.`
  },
  condition: ({ not, ...wanted }, names) => condition(wanted, not ? ' not' : '', names),
  action,
}

/** @param not ` not`, or nothing */
function condition(wanted: Wanted, not: string, names: Names): string {
  switch (wanted.kind) {
    case 'who':
      return `the caller is${not} ${or(wanted.are.map((who) => WHO[who]))}`
    case 'people':
      return `the caller is${not} ${or(wanted.contacts.map((id) => names.contact(id) ?? 'a contact that is gone'))}`
    case 'number':
      return `the number is${not} ${or(wanted.like.map(shortened))}`
    case 'name':
      return `the caller’s name ${not ? 'does not contain' : 'contains'} ${or(wanted.has.map(quoted('“', '”')))}`
    case 'diverted':
      return `the call was${not} sent on${wanted.from.length > 0 ? ` from ${or(wanted.from.map(shortened))}` : ''}`
    case 'attestation':
      return `the number’s signature is${not} ${or(wanted.is.map((attested) => ATTESTED[attested]))}`
    case 'suspected':
      return `the call is${not} suspected of being spam`
    case 'listed':
      if (wanted.lists.length === 0) return `the number is${not} on a block list`
      return `the number is${not} on the block list ${or(wanted.lists.map((id) => names.list(id) ?? '(gone)'))}`
    case 'line':
      return `the call is${not} for the line ${or(wanted.lines.map((id) => names.line(id) ?? '(gone)'))}`
    case 'hours':
      return `it is${not} ${or(wanted.spans.map(hours))}`
    case 'dates':
      return `the day is${not} ${or(wanted.spans.map(dates))}`
    case 'holiday':
      return `it is${not} a public holiday (${wanted.region})`
    case 'calls':
      return `it is ${not ? 'not yet' : 'at least'} the ${ordinal(wanted.atLeast)} call from this caller in ${minutes(wanted.minutes)}`
    case 'messages':
      return `the mailbox has ${messages(wanted, not !== '')}${wanted.state === 'junk' ? ' in junk' : ''}`
    default:
      return unreachable(wanted)
  }
}

function action(action: Action, names: Names): string {
  if (action.kind === 'refuse') return REFUSED[action.as]
  const { phones, gate, ringSeconds, greeting, junk, label } = action
  const said: string[] = []
  if (phones?.length === 0 && ringSeconds !== 0) said.push('no phone rings')
  else if (phones && phones.length > 0)
    said.push(`only ${and(phones.map((id) => names.phone(id) ?? 'a phone that is gone'))} may ring`)
  if (ringSeconds === 0) {
    if (!gate) said.push('the machine answers at once')
  } else if (ringSeconds !== undefined)
    said.push(
      `the machine ${gate ? 'greets' : 'answers'} after ${ringSeconds} ${ringSeconds === 1 ? 'second' : 'seconds'}`,
    )
  if (greeting === null) said.push('the caller hears the built-in greeting')
  else if (greeting !== undefined)
    said.push(`the caller hears the greeting ${names.greeting(greeting) ?? 'of the mailbox'}`)
  if (junk) said.push('a message goes to junk')
  if (label !== undefined) said.push(`phones show “${label}” before the name`)
  // Last, so that nothing else is taken for what becomes of who does not pass.
  if (gate) {
    const then = ringSeconds === 0 ? 'the machine greets' : phones?.length === 0 ? 'it rings' : 'phones ring'
    said.push(`the caller has to ${asked(gate)} before ${then}, or a message goes to junk`)
  }
  return said.length > 0 ? and(said) : 'everything goes as usual'
}

const asked = (gate: GateQuestion): string => (gate.kind === 'key' ? `press ${gate.digit}` : 'say a name')

function messages({ state, atLeast }: Extract<Wanted, { kind: 'messages' }>, not: boolean): string {
  const kind = state === 'new' ? 'new message' : 'message'
  if (atLeast === 1) return not ? `no ${kind}` : `a ${kind}`
  return `${not ? 'fewer than' : 'at least'} ${atLeast} ${kind}s`
}

function hours({ days, from, to }: WeekHours): string {
  const on = spansOfDays(days, (first, last) =>
    last === undefined ? DAYS[first] : `${DAYS[first]} to ${DAYS[last]}`,
  )
  if (from === to) return days.length === 7 ? 'any day' : or(on)
  return `${days.length === 7 ? '' : `${or(on)} `}between ${from} and ${to}`
}

const dates = ({ from, to }: DateSpan): string =>
  from === to ? day(from) : `from ${day(from)} to ${day(to)}`

/** 2026-12-24 as 24 December 2026, 12-24 as 24 December. */
function day(date: string): string {
  const [dayOfMonth, month, year] = date.split('-').reverse()
  const name = MONTHS[Number(month) - 1] ?? month
  return `${Number(dayOfMonth)} ${name}${year === undefined ? '' : ` ${year}`}`
}

function ordinal(count: number): string {
  const ending = Math.floor((count % 100) / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${ending}`
}

function minutes(count: number): string {
  if (count % 60 === 0) return count === 60 ? 'an hour' : `${count / 60} hours`
  return count === 1 ? 'a minute' : `${count} minutes`
}
