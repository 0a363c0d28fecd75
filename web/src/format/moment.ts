const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** In which words and where on earth an instant is told. */
export interface Place {
  /** BCP 47. */
  readonly language: string
  /** IANA; without it, the browser's own. */
  readonly timeZone?: string
}

const zone = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone })

/** To make a format takes a hundred times as long as to use it, and a list shows many moments. */
const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, format)
  return format
}

const day = (at: number, { timeZone }: Place) =>
  dateFormat('en-CA', { dateStyle: 'short', ...zone(timeZone) }).format(at)

/** How many midnights lie between the two, in the place's time zone. */
export function daysBetween(at: number, now: number, place: Place): number {
  return Math.round((Date.parse(day(now, place)) - Date.parse(day(at, place))) / DAY_MS)
}

/** The day as a heading: today, yesterday, a weekday within the week, else the date. */
export function formatDay(iso: string, now: number, place: Place): string {
  const at = Date.parse(iso)
  const days = daysBetween(at, now, place)
  const { language, timeZone } = place
  if (days >= 0 && days < 2)
    return capitalize(
      new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day'),
      language,
    )
  if (days >= 0 && days < 7) return dateFormat(language, { weekday: 'long', ...zone(timeZone) }).format(at)
  const sameYear = day(at, place).slice(0, 4) === day(now, place).slice(0, 4)
  return dateFormat(language, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...zone(timeZone),
  }).format(at)
}

/** The time under such a heading: minutes ago within the hour, else the time of day. */
export function formatTime(iso: string, now: number, place: Place): string {
  const at = Date.parse(iso)
  const minutes = Math.floor((now - at) / MINUTE_MS)
  const { language, timeZone } = place
  const relative = () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  if (minutes < 1 && minutes > -5) return relative().format(0, 'second')
  if (minutes > 0 && minutes < 60) return relative().format(-minutes, 'minute')
  return dateFormat(language, { timeStyle: 'short', ...zone(timeZone) }).format(at)
}

/** The instant in full: weekday, date, time to the second. */
export function formatExact(iso: string, { language, timeZone }: Place): string {
  return dateFormat(language, {
    dateStyle: 'full',
    timeStyle: 'medium',
    ...zone(timeZone),
  }).format(Date.parse(iso))
}

/** Rows under the heading of their day; rows come sorted and stay so. */
export function groupByDay<Row>(
  rows: readonly Row[],
  instantOf: (row: Row) => string,
  now: number,
  place: Place,
): { readonly day: string; readonly rows: readonly Row[] }[] {
  const groups: { day: string; rows: Row[] }[] = []
  for (const row of rows) {
    const heading = formatDay(instantOf(row), now, place)
    const last = groups.at(-1)
    if (last?.day === heading) last.rows.push(row)
    else groups.push({ day: heading, rows: [row] })
  }
  return groups
}

const capitalize = (text: string, language: string) =>
  text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
