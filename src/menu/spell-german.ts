import { type LocalMoment, localMoment, MONTHS, WEEKDAYS } from './local-moment.ts'
import type { Speller } from './speller.ts'

const MOST = 99
const TENS = [30, 40, 50, 60, 70, 80, 90] as const

/** The ones come before the tens: `einund` `zwanzig`. */
function spellNumber(number: number): readonly string[] {
  if (number > MOST) return ['more-than', ...spellNumber(MOST)]
  if (number <= 20 || number % 10 === 0) return [`n${number}`]
  return [`and${number % 10}`, `n${number - (number % 10)}`]
}

/** `ersten`, `neunzehnten`; `einund` `zwanzigsten`. */
const spellOrdinal = (number: number): readonly string[] =>
  number <= 20 || number % 10 === 0 ? [`o${number}`] : [`and${number % 10}`, `o${number - (number % 10)}`]

/** `heute`, `gestern`, `am Montag`, `am` `fünften` `März`. */
function spellDay({ weekday, month, date }: LocalMoment, daysAgo: number): readonly string[] {
  if (daysAgo === 0) return ['today']
  if (daysAgo === 1) return ['yesterday']
  if (daysAgo > 1 && daysAgo < 7) return [WEEKDAYS[weekday] ?? '']
  return ['on', ...spellOrdinal(date), MONTHS[month - 1] ?? '']
}

/** `vierzehn` `Uhr` `fünf`; it is `ein` `Uhr`, not `eins`. */
function spellTime({ hour, minute }: LocalMoment): readonly string[] {
  const hours = hour === 1 ? ['one-oclock'] : spellNumber(hour)
  return [...hours, 'oclock', ...(minute === 0 ? [] : spellNumber(minute))]
}

export const german: Speller = {
  sounds: [
    ...Array.from({ length: 21 }, (_, number) => `n${number}`),
    ...TENS.map((number) => `n${number}`),
    ...Array.from({ length: 9 }, (_, number) => `and${number + 1}`),
    ...Array.from({ length: 20 }, (_, number) => `o${number + 1}`),
    ...['o30', 'one-message', 'one-oclock', 'more-than', 'today', 'yesterday', 'on', 'at', 'oclock'],
    ...WEEKDAYS,
    ...MONTHS,
  ],
  number: spellNumber,
  count: (number) => (number === 1 ? ['one-message'] : spellNumber(number)),
  moment(at, now, timeZone) {
    const then = localMoment(at, timeZone)
    const daysAgo = localMoment(now, timeZone).day - then.day
    return [...spellDay(then, daysAgo), 'at', ...spellTime(then)]
  },
}
