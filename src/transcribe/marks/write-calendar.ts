import { localTime } from '../../shared/local-time.ts'

/** An entry of a calendar, made of what was said in a message. */
export interface CalendarEntry {
  readonly id: string
  readonly at: number
  /** Then `at` is its midnight in `timeZone`. */
  readonly isWholeDay: boolean
  readonly timeZone: string | null
  readonly title: string
  readonly text: string
  readonly madeAt: number
}

const HOUR_MS = 3600_000
/** RFC 5545 §3.1: a line has 75 octets at most; what follows goes on after a space. */
const LONGEST_LINE = 75

/** One event as iCalendar (RFC 5545), an hour long unless it is a day's. */
export function writeCalendar({ id, at, isWholeDay, timeZone, title, text, madeAt }: CalendarEntry): string {
  const times = isWholeDay
    ? [`DTSTART;VALUE=DATE:${localTime(at, timeZone).date.replaceAll('-', '')}`]
    : [`DTSTART:${utc(at)}`, `DTEND:${utc(at + HOUR_MS)}`]
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Answerphone//EN',
    'BEGIN:VEVENT',
    `UID:${id}@answerphone`,
    `DTSTAMP:${utc(madeAt)}`,
    ...times,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}

/** §3.3.5: `20261128T180000Z`. */
const utc = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** §3.3.11. What a caller said may hold anything; a line break of his begins no line of ours. */
const escaped = (text: string) =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')

function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > LONGEST_LINE) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}
