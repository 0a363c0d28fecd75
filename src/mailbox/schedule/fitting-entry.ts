import type { LocalTime } from '../../shared/local-time.ts'
import { isWithin } from '../../shared/week-hours.ts'
import type { ScheduleEntry } from '../../store/model.ts'

/** The place in the schedule of the first entry that fits this time. */
export function fittingEntry(schedule: readonly ScheduleEntry[], time: LocalTime): number | undefined {
  const at = schedule.findIndex((entry) =>
    entry.kind === 'dates' ? entry.from <= time.date && time.date <= entry.to : isWithin(entry, time),
  )
  return at === -1 ? undefined : at
}
