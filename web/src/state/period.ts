/** From when messages are listed; `day` is one that is chosen. */
export const periods = ['any', 'today', 'week', 'month', 'day'] as const
export type Period = (typeof periods)[number]

/** From when, and before when, in ISO 8601; empty: without end. */
export interface Span {
  readonly from: string
  readonly before: string
}

const DAYS = { today: 0, week: 6, month: 29 } as const

/**
 * What a period is now, by the days of this browser's clock. Pure.
 *
 * @param day for `day`, as a field for dates has it: 2026-11-26
 */
export function spanOf(period: Period, now: Date, day = ''): Span {
  if (period === 'any') return { from: '', before: '' }
  if (period !== 'day') return { from: midnight(now, -DAYS[period]), before: '' }
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const chosen = new Date(year, month - 1, date)
  return day === '' ? spanOf('any', now) : { from: midnight(chosen, 0), before: midnight(chosen, 1) }
}

/** The beginning of the day so many days later; not all days have 24 hours. */
const midnight = (at: Date, days: number) =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).toISOString()

/** That day as a field for dates takes it. */
export const dayField = (at: Date) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
