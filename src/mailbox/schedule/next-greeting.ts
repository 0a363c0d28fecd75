import { dayNumber, localTime } from '../../shared/local-time.ts'
import { minuteOf } from '../../shared/week-hours.ts'
import type { ScheduleEntry } from '../../store/model.ts'
import { greetingAt, type Scheduled } from './greeting-at.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3600_000
/** After this many days the week has come round. */
const WEEK_ROUND = 8

/** When callers will hear another greeting, and which. */
export interface NextGreeting {
  readonly at: number
  readonly greetingId: string | null
}

/** The next change of what `greetingAt` says, after this instant; undefined: there is none. */
export function nextGreeting(
  mailbox: Scheduled,
  isThere: (greetingId: string) => boolean,
  after: number,
): NextGreeting | undefined {
  const { schedule, timeZone } = mailbox
  const { greetingId } = greetingAt(mailbox, isThere, after)
  const days = daysToLookAt(schedule, dayNumber(localTime(after, timeZone).date))
  // Of all days in order: a change of the clocks is among the turns of each day near it.
  const turns = new Set(days.flatMap((day) => turnsOf(day, schedule, timeZone)))
  for (const at of [...turns].sort((a, b) => a - b)) {
    if (at <= after) continue
    const then = greetingAt(mailbox, isThere, at)
    if (then.greetingId !== greetingId) return { at, greetingId: then.greetingId }
  }
  return undefined
}

/** Hours repeat within a week, but begin and end of dates may let others through: a week from each of these. */
function daysToLookAt(schedule: readonly ScheduleEntry[], today: number): number[] {
  const days = new Set<number>()
  const lookFrom = (first: number) => {
    for (let day = first - 1; day <= first + WEEK_ROUND; day++) if (day >= today - 1) days.add(day)
  }
  lookFrom(today)
  for (const entry of schedule) {
    if (entry.kind === 'week') continue
    lookFrom(dayNumber(entry.from))
    lookFrom(dayNumber(entry.to) + 1)
  }
  return [...days]
}

/**
 * The instants of a day at which something may begin or end. A time that the clock shows twice is there
 * twice; for those that it leaves out there is the instant at which it was put forward.
 */
function turnsOf(day: number, schedule: readonly ScheduleEntry[], timeZone: string | null): number[] {
  const times = schedule.flatMap((entry) => (entry.kind === 'week' ? [entry.from, entry.to] : []))
  const minutes = new Set([0, ...times.map(minuteOf)])
  const midnight = day * DAY_MS
  // All of the day, wherever on Earth it is.
  const [first, last] = [midnight - DAY_MS, midnight + 2 * DAY_MS]
  const [before, behind] = [offsetAt(first, timeZone), offsetAt(last, timeZone)]
  const turns = new Set<number>()
  for (const minute of minutes)
    for (const offset of [before, behind]) turns.add(midnight + minute * MINUTE_MS - offset)
  if (before !== behind) turns.add(clockChange(first, last, timeZone))
  return [...turns]
}

/** The first minute after the clocks changed, somewhere between these two. */
function clockChange(first: number, last: number, timeZone: string | null): number {
  const before = offsetAt(first, timeZone)
  let [low, high] = [first, last]
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS
    if (offsetAt(middle, timeZone) === before) low = middle
    else high = middle
  }
  return high
}

/** By how much local time is ahead of UTC; for whole minutes. */
function offsetAt(at: number, timeZone: string | null): number {
  const { date, minute } = localTime(at, timeZone)
  return dayNumber(date) * DAY_MS + minute * MINUTE_MS - at
}
