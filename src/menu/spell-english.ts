import { type LocalMoment, localMoment, MONTHS, WEEKDAYS } from './local-moment.ts'
import type { Speller } from './speller.ts'

const MOST = 99

function spellNumber(number: number): readonly string[] {
  if (number > MOST) return ['more-than', ...spellNumber(MOST)]
  if (number <= 20 || number % 10 === 0) return [`n${number}`]
  return [`n${number - (number % 10)}`, `n${number % 10}`]
}

function spellDay({ weekday, month, date }: LocalMoment, daysAgo: number): readonly string[] {
  if (daysAgo === 0) return ['today']
  if (daysAgo === 1) return ['yesterday']
  if (daysAgo > 1 && daysAgo < 7) return [WEEKDAYS[weekday] ?? '']
  return [MONTHS[month - 1] ?? '', ...spellNumber(date)]
}

function spellTime({ hour, minute }: LocalMoment): readonly string[] {
  const half = hour < 12 ? 'am' : 'pm'
  const of12 = spellNumber(hour % 12 === 0 ? 12 : hour % 12)
  if (minute === 0) return [...of12, 'oclock', half]
  return [...of12, ...(minute < 10 ? ['oh'] : []), ...spellNumber(minute), half]
}

/** `twenty` `one`; `yesterday` `at` six, thirty, `pm`. */
export const english: Speller = {
  sounds: [
    ...Array.from({ length: 21 }, (_, number) => `n${number}`),
    ...[30, 40, 50, 60, 70, 80, 90].map((number) => `n${number}`),
    ...['more-than', 'today', 'yesterday', 'at', 'oh', 'oclock', 'am', 'pm'],
    ...WEEKDAYS,
    ...MONTHS,
  ],
  number: spellNumber,
  count: spellNumber,
  moment(at, now, timeZone) {
    const then = localMoment(at, timeZone)
    const daysAgo = localMoment(now, timeZone).day - then.day
    return [...spellDay(then, daysAgo), 'at', ...spellTime(then)]
  },
}
