const DAY_MS = 86_400_000

export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** A moment as people there see it. `day` counts the days, so that two of them tell how far they are apart. */
export interface LocalMoment {
  readonly day: number
  /** From Sunday, 0. */
  readonly weekday: number
  /** From 1. */
  readonly month: number
  readonly date: number
  readonly hour: number
  readonly minute: number
}

/** @param at ms since the Unix epoch @param timeZone IANA name */
export function localMoment(at: number, timeZone: string): LocalMoment {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const midnight = Date.UTC(part('year'), part('month') - 1, part('day'))
  return {
    day: Math.round(midnight / DAY_MS),
    weekday: new Date(midnight).getUTCDay(),
    month: part('month'),
    date: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}
