import { dayNumber } from '../../shared/local-time.ts'
import { dayIn } from './day.ts'
import { HOLIDAYS } from './regions.ts'

/** Whose holidays are known: countries, and parts of them. */
export const HOLIDAY_REGIONS: readonly string[] = Object.keys(HOLIDAYS)

/**
 * The public holiday of this region on this day, YYYY-MM-DD; undefined: it is none.
 *
 * @param region a country like `DE`, which has those of all its parts, or a part like `DE-BY`
 */
export function holidayOn(region: string, date: string): string | undefined {
  const year = Number(date.slice(0, 4))
  const day = dayNumber(date)
  const [country = ''] = region.split('-')
  for (const place of new Set([country, region]))
    for (const [name, rule] of Object.entries(HOLIDAYS[place] ?? {}))
      if (dayIn(rule, year) === day) return name
  return undefined
}
