import { type LocalTime, WEEKDAYS, type Weekday } from './local-time.ts'

/** Hours of some days of each week. Where `to` is not after `from`, they end on the next day. */
export interface WeekHours {
  readonly days: readonly Weekday[]
  /** HH:MM, local time; `to` is no longer part of it. */
  readonly from: string
  readonly to: string
}

/** What goes past midnight belongs to the day on which it begins. */
export function isWithin({ days, from, to }: WeekHours, { weekday, minute }: LocalTime): boolean {
  const [begin, end] = [minuteOf(from), minuteOf(to)]
  if (begin < end) return days.includes(weekday) && begin <= minute && minute < end
  const yesterday = WEEKDAYS.at(WEEKDAYS.indexOf(weekday) - 1) ?? weekday
  return (days.includes(weekday) && begin <= minute) || (days.includes(yesterday) && minute < end)
}

/** Of `HH:MM`, since midnight. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
