export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** What the calendar and the clock on the wall say. */
export interface LocalTime {
  /** YYYY-MM-DD */
  readonly date: string
  readonly weekday: Weekday
  /** Since midnight, as the clock shows it. */
  readonly minute: number
}

const FIELDS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const
const formats = new Map<string | null, Intl.DateTimeFormat>()

/**
 * @param timeZone IANA name; null, or one that is not known here: the machine's
 */
export function localTime(at: number, timeZone: string | null): LocalTime {
  const parts = formatFor(timeZone).formatToParts(at)
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === name)?.value ?? ''
  const date = `${part('year')}-${part('month')}-${part('day')}`
  return { date, weekday: weekdayOf(date), minute: Number(part('hour')) * 60 + Number(part('minute')) }
}

function formatFor(timeZone: string | null): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = makeFormat(timeZone)
  formats.set(timeZone, format)
  return format
}

function makeFormat(timeZone: string | null): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...FIELDS, ...(timeZone !== null && { timeZone }) })
  } catch {
    return makeFormat(null) // the system's zones may be older than the one who chose it
  }
}

/**
 * The instant of an ISO 8601 time; without an offset it is what the clock shows there. A time that is shown twice is the
 * first, one that is left out the same distance behind the change.
 */
export function instantAt(text: string, timeZone: string | null): number {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text)
  const wanted = Date.parse(`${text}Z`)
  const offsetAt = (at: number) => {
    const { date, minute } = localTime(at, timeZone)
    return dayNumber(date) * DAY_MS + minute * 60_000 - Math.floor(at / 60_000) * 60_000
  }
  const [before, behind] = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)]
  const [early, late] = [wanted - before, wanted - behind]
  const isLeftOut = offsetAt(late) !== behind
  return offsetAt(early) === before || isLeftOut ? early : late
}

/** The IANA name of the machine's own. */
export const machineTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

const DAY_MS = 24 * 3600_000
/** The first of January 1970 was a Thursday. */
const FIRST_WEEKDAY = WEEKDAYS.indexOf('thu')

/** Days since 1970-01-01. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00Z`) / DAY_MS)

const weekdayOf = (date: string): Weekday => WEEKDAYS[(dayNumber(date) + FIRST_WEEKDAY) % 7] ?? 'mon'
