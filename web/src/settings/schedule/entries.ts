import type { Weekday } from '../../../../src/api/contract.ts'

/** An entry as its form holds it: what both kinds need, so that it may change its kind and forget nothing. */
export interface Entry {
  readonly kind: 'week' | 'dates'
  readonly days: readonly Weekday[]
  readonly from: string
  readonly to: string
  readonly firstDay: string
  readonly lastDay: string
  readonly greeting: string | null
}

export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export const newHours = (greeting: string | null): Entry => ({
  kind: 'week',
  days: weekdays.slice(0, 5),
  from: '18:00',
  to: '08:00',
  firstDay: '',
  lastDay: '',
  greeting,
})

/** @param today YYYY-MM-DD */
export const newDates = (greeting: string | null, today: string): Entry => ({
  ...newHours(greeting),
  kind: 'dates',
  firstDay: today,
  lastDay: today,
})

/** Whether hours end on the day after they began. */
export const goesPastMidnight = ({ from, to }: Pick<Entry, 'from' | 'to'>): boolean => to <= from

const DAY = 24 * 60
const WEEK = 7 * DAY
type Span = readonly [from: number, to: number]

/** Whether a moment may come that fits both; only the upper one is heard then. */
export function overlap(one: Entry, other: Entry): boolean {
  if (one.kind === 'dates' && other.kind === 'dates')
    return one.firstDay <= other.lastDay && other.firstDay <= one.lastDay
  const spans = [spansOf(one), spansOf(other)] as const
  return spans[0].some((a) => spans[1].some((b) => meet(a, b)))
}

/** In minutes of the week; dates cover the weekdays that are among them. */
function spansOf(entry: Entry): Span[] {
  if (entry.kind === 'dates')
    return weekdaysAmong(entry.firstDay, entry.lastDay).map((day) => [day * DAY, (day + 1) * DAY])
  const [from, to] = [minuteOf(entry.from), minuteOf(entry.to)]
  return entry.days.map((name) => {
    const midnight = weekdays.indexOf(name) * DAY
    return [midnight + from, midnight + to + (to <= from ? DAY : 0)]
  })
}

/** The week comes round: Sunday's night is Monday's morning. */
const meet = ([from, to]: Span, [otherFrom, otherTo]: Span) =>
  [-WEEK, 0, WEEK].some((shift) => from < otherTo + shift && otherFrom + shift < to)

function weekdaysAmong(firstDay: string, lastDay: string): number[] {
  const [first, last] = [Date.parse(firstDay), Date.parse(lastDay)]
  const count = Math.min(7, Math.round((last - first) / (DAY * 60_000)) + 1)
  // Sunday is 0 for JavaScript.
  const begin = (new Date(first).getUTCDay() + 6) % 7
  return Array.from({ length: Math.max(0, count || 0) }, (_, day) => (begin + day) % 7)
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
