import { dayNumber } from '../../shared/local-time.ts'

/**
 * A holiday that comes each year: `12-25`; so many days from Easter Sunday: `easter+50`; the so many-th (or last) weekday
 * of a month: `11 4 thu`, `5 last mon`; the last weekday before a day: `wed before 11-23`. behind it since which year
 * it is one, where it was not always: `10-31 2017`.
 */
export type HolidayDay = string

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY_MS = 24 * 3600_000

/** Days since 1970-01-01 on which it is in this year; undefined: not in this one. */
export function dayIn(day: HolidayDay, year: number): number | undefined {
  const nth = /^(\d+) (\d|last) (\w{3})$/.exec(day)
  if (nth) return nthWeekday(year, Number(nth[1]), nth[2] === 'last' ? 0 : Number(nth[2]), nth[3] ?? '')
  const before = /^(\w{3}) before (\d\d-\d\d)$/.exec(day)
  if (before) return lastBefore(dayNumber(`${year}-${before[2]}`), before[1] ?? '')
  const [date = '', since = '0'] = day.split(' ')
  if (year < Number(since)) return undefined
  const easter = /^easter([+-]\d+)$/.exec(date)
  return easter ? easterSunday(year) + Number(easter[1]) : dayNumber(`${year}-${date}`)
}

const weekdayOf = (day: number) => (day + WEEKDAYS.indexOf('thu')) % 7

function nthWeekday(year: number, month: number, count: number, weekday: string): number {
  if (count === 0) return lastBefore(Date.UTC(year, month, 1) / DAY_MS, weekday)
  const first = Date.UTC(year, month - 1, 1) / DAY_MS
  return first + ((WEEKDAYS.indexOf(weekday) - weekdayOf(first) + 7) % 7) + (count - 1) * 7
}

const lastBefore = (day: number, weekday: string): number =>
  day - 1 - ((weekdayOf(day - 1) - WEEKDAYS.indexOf(weekday) + 7) % 7)

/** By the Gregorian calendar, as Meeus, Jones and Butcher reckon it. */
function easterSunday(year: number): number {
  const golden = year % 19
  const [century, inCentury] = [Math.floor(year / 100), year % 100]
  const moon =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const days = moon + weekday - 7 * late + 114
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1) / DAY_MS
}
