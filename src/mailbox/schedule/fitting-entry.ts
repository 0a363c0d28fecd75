import { type ScheduleEntry, WEEKDAYS, type WeekHours } from '../../store/model.ts'
import type { LocalTime } from './local-time.ts'

/** The place in the schedule of the first entry that fits this time. */
export function fittingEntry(schedule: readonly ScheduleEntry[], time: LocalTime): number | undefined {
  const at = schedule.findIndex((entry) =>
    entry.kind === 'dates' ? entry.from <= time.date && time.date <= entry.to : isWithin(entry, time),
  )
  return at === -1 ? undefined : at
}

/** What goes past midnight belongs to the day on which it begins. */
function isWithin({ days, from, to }: WeekHours, { weekday, minute }: LocalTime): boolean {
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
