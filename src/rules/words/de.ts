import type { GateQuestion } from '../../shared/caller-gate.ts'
import type { Weekday } from '../../shared/local-time.ts'
import { unreachable } from '../../shared/step.ts'
import type { WeekHours } from '../../shared/week-hours.ts'
import type { Action, Attested, DateSpan, Refusal, Wanted, Who } from '../rule.ts'
import { listed, quoted, shortened, spansOfDays } from './listed.ts'
import type { Names, RuleWords } from './rule-words.ts'

const WHO: Readonly<Record<Who, string>> = {
  favourite: 'ein Favorit',
  contact: 'ein Kontakt',
  stranger: 'unbekannt',
  anonymous: 'anonym',
  internal: 'eine Nebenstelle',
  blocked: 'gesperrt',
}
const NOT: Readonly<Record<Who, string>> = {
  favourite: 'kein Favorit',
  contact: 'kein Kontakt',
  stranger: 'nicht unbekannt',
  anonymous: 'nicht anonym',
  internal: 'keine Nebenstelle',
  blocked: 'nicht gesperrt',
}
const ATTESTED: Readonly<Record<Attested, string>> = {
  A: 'gültig (Stufe A)',
  B: 'gültig (Stufe B)',
  C: 'gültig (Stufe C)',
  valid: 'gültig',
  wrong: 'falsch',
  none: 'nicht vorhanden',
}
const REFUSED: Readonly<Record<Refusal, string>> = {
  busy: 'der Anrufer hört „besetzt“',
  unobtainable: 'der Anrufer hört „kein Anschluss unter dieser Nummer“',
  declined: 'der Anruf wird abgewiesen',
}
const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Montag',
  tue: 'Dienstag',
  wed: 'Mittwoch',
  thu: 'Donnerstag',
  fri: 'Freitag',
  sat: 'Samstag',
  sun: 'Sonntag',
}

const or = (items: readonly string[]) => listed(items, 'oder')
const and = (items: readonly string[]) => listed(items, 'und')

export const german: RuleWords = {
  rule({ when, action }, names) {
    const done = german.action(action, names)
    if (when.length === 0) return `Bei jedem Anruf: ${done}.`
    return `Wenn ${and(when.map((condition) => german.condition(condition, names)))}: ${done}.`
  },
  condition: ({ not, ...wanted }, names) => condition(wanted, not ? 'nicht ' : '', names),
  action,
}

/** @param not `nicht `, or nothing */
function condition(wanted: Wanted, not: string, names: Names): string {
  switch (wanted.kind) {
    case 'who':
      return `der Anrufer ${not ? nobody(wanted.are) : or(wanted.are.map((who) => WHO[who]))} ist`
    case 'people':
      return `der Anrufer ${not}${or(wanted.contacts.map((id) => names.contact(id) ?? 'ein gelöschter Kontakt'))} ist`
    case 'number':
      return `die Nummer ${not}${or(wanted.like.map(shortened))} ist`
    case 'name':
      return `der Name des Anrufers ${not}${or(wanted.has.map(quoted('„', '“')))} enthält`
    case 'diverted':
      return `der Anruf ${not}${wanted.from.length > 0 ? `von ${or(wanted.from.map(shortened))} ` : ''}umgeleitet wurde`
    case 'attestation':
      return `die Signatur der Nummer ${not}${or(wanted.is.map((attested) => ATTESTED[attested]))} ist`
    case 'suspected':
      return `der Anruf ${not}unter Spamverdacht steht`
    case 'listed':
      if (wanted.lists.length === 0) return `die Nummer ${not}auf einer Sperrliste steht`
      return `die Nummer ${not}auf der Sperrliste ${or(wanted.lists.map((id) => names.list(id) ?? '(gelöscht)'))} steht`
    case 'line':
      return `der Anruf ${not}auf der Leitung ${or(wanted.lines.map((id) => names.line(id) ?? '(gelöscht)'))} kommt`
    case 'hours':
      return `es ${not}${or(wanted.spans.map(hours))} ist`
    case 'dates':
      return `der Tag ${not}${or(wanted.spans.map(dates))} ist`
    case 'holiday':
      return `${not ? 'kein' : 'ein'} Feiertag ist (${wanted.region})`
    case 'calls':
      return `es ${not ? 'noch nicht' : 'mindestens'} der ${wanted.atLeast}. Anruf dieses Anrufers in ${minutes(wanted.minutes)} ist`
    case 'messages':
      return `in der Mailbox ${messages(wanted, not !== '')}`
    default:
      return unreachable(wanted)
  }
}

function action(action: Action, names: Names): string {
  if (action.kind === 'refuse') return REFUSED[action.as]
  const { phones, gate, ringSeconds, greeting, junk, label } = action
  const said: string[] = []
  if (phones?.length === 0 && ringSeconds !== 0) said.push('kein Telefon klingelt')
  else if (phones && phones.length > 0)
    said.push(`nur ${and(phones.map((id) => names.phone(id) ?? 'ein gelöschtes Telefon'))} darf klingeln`)
  if (ringSeconds === 0) {
    if (!gate) said.push('der Anrufbeantworter geht sofort dran')
  } else if (ringSeconds !== undefined) {
    const seconds = `${ringSeconds} ${ringSeconds === 1 ? 'Sekunde' : 'Sekunden'}`
    said.push(gate ? `die Ansage kommt nach ${seconds}` : `der Anrufbeantworter geht nach ${seconds} dran`)
  }
  if (greeting === null) said.push('der Anrufer hört die mitgelieferte Ansage')
  else if (greeting !== undefined)
    said.push(`der Anrufer hört die Ansage ${names.greeting(greeting) ?? 'des Anrufbeantworters'}`)
  if (junk) said.push('eine Nachricht kommt in den Spam')
  if (label !== undefined) said.push(`die Telefone zeigen „${label}“ vor dem Namen`)
  // Last, so that nothing else is taken for what becomes of who does not pass.
  if (gate) {
    const then =
      ringSeconds === 0 ? 'die Ansage kommt' : phones?.length === 0 ? 'es klingelt' : 'Telefone klingeln'
    said.push(`der Anrufer muss ${asked(gate)}, bevor ${then}, sonst kommt eine Nachricht in den Spam`)
  }
  return said.length > 0 ? and(said) : 'alles geht wie sonst'
}

const asked = (gate: GateQuestion): string =>
  gate.kind === 'key' ? `die ${gate.digit} drücken` : 'seinen Namen sagen'

const nobody = (are: readonly Who[]) =>
  are.length === 1
    ? are.map((who) => NOT[who]).join()
    : `weder ${listed(
        are.map((who) => WHO[who]),
        'noch',
      )}`

function messages({ state, atLeast }: Extract<Wanted, { kind: 'messages' }>, not: boolean): string {
  const [kind, place] = state === 'new' ? ['neue ', 'ist'] : ['', 'im Spam ist']
  if (atLeast === 1) return `${not ? 'keine' : 'eine'} ${kind}Nachricht ${place}`
  return `${not ? 'weniger als' : 'mindestens'} ${atLeast} ${kind}Nachrichten ${place.replace('ist', 'sind')}`
}

function hours({ days, from, to }: WeekHours): string {
  const on = spansOfDays(days, (first, last) =>
    last === undefined ? DAYS[first] : `${DAYS[first]} bis ${DAYS[last]}`,
  )
  const when = days.length === 7 ? 'an irgendeinem Tag' : or(on)
  if (from === to) return when
  return days.length === 7 ? `zwischen ${from} und ${to} Uhr` : `${when} zwischen ${from} und ${to} Uhr`
}

const dates = ({ from, to }: DateSpan): string => {
  const [first, last] = [day(from), day(to)]
  return first === last ? `der ${first}` : `vom ${first} bis ${last}`
}

/** 2026-12-24 as 24.12.2026, 12-24 as 24.12. */
function day(date: string): string {
  const [dayOfMonth, month, year = ''] = date.split('-').reverse()
  return `${dayOfMonth}.${month}.${year}`
}

function minutes(count: number): string {
  if (count % 60 === 0) return count === 60 ? 'einer Stunde' : `${count / 60} Stunden`
  return count === 1 ? 'einer Minute' : `${count} Minuten`
}
