const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** All sounds that numbers and moments are made of, by the names of their files. */
export const SPELLING = [
  ...Array.from({ length: 21 }, (_, number) => `n${number}`),
  ...[30, 40, 50, 60, 70, 80, 90].map((number) => `n${number}`),
  ...['more-than', 'today', 'yesterday', 'at', 'oh', 'oclock', 'am', 'pm'],
  ...WEEKDAYS,
  ...MONTHS,
] as readonly string[]

const MOST = 99
const DAY_MS = 86_400_000

/** A whole number from 0: `n20`, `n7`. */
export function spellNumber(number: number): readonly string[] {
  if (number > MOST) return ['more-than', ...spellNumber(MOST)]
  if (number <= 20 || number % 10 === 0) return [`n${number}`]
  return [`n${number - (number % 10)}`, `n${number % 10}`]
}

/** A number as it is dialled. */
export const spellDigits = (digits: string): readonly string[] => [...digits].map((digit) => `n${digit}`)

/**
 * A moment as one would say it: `yesterday`, `at`, six, thirty, `pm`; of the last week by its weekday, of before by its date.
 *
 * @param at and `now`: ms since the Unix epoch
 * @param timeZone IANA name
 */
export function spellMoment(at: number, now: number, timeZone: string): readonly string[] {
  const { day, hour, minute, weekday, month, date } = localParts(at, timeZone)
  const daysAgo = localParts(now, timeZone).day - day
  return [...spellDay({ daysAgo, weekday, month, date }), 'at', ...spellTime(hour, minute)]
}

function spellDay(when: {
  daysAgo: number
  weekday: number
  month: number
  date: number
}): readonly string[] {
  if (when.daysAgo === 0) return ['today']
  if (when.daysAgo === 1) return ['yesterday']
  if (when.daysAgo > 1 && when.daysAgo < 7) return [WEEKDAYS[when.weekday] ?? '']
  return [MONTHS[when.month - 1] ?? '', ...spellNumber(when.date)]
}

function spellTime(hour: number, minute: number): readonly string[] {
  const half = hour < 12 ? 'am' : 'pm'
  const of12 = spellNumber(hour % 12 === 0 ? 12 : hour % 12)
  if (minute === 0) return [...of12, 'oclock', half]
  return [...of12, ...(minute < 10 ? ['oh'] : []), ...spellNumber(minute), half]
}

/** `day`: counts the days, so that two of them tell how far they are apart. */
function localParts(at: number, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const midnight = Date.UTC(part('year'), part('month') - 1, part('day'))
  return {
    day: Math.round(midnight / DAY_MS),
    weekday: new Date(midnight).getUTCDay(),
    month: part('month'),
    date: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}
