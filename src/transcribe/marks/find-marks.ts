import { createRequire } from 'node:module'
import { localTime } from '../../shared/local-time.ts'
import { toE164 } from '../../shared/telephone-number.ts'
import { toDigits } from './spoken-numbers.ts'

/** Something in what was said with which something can be done. Places are of characters. */
export type Mark = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'number'; readonly number: string }
  | {
      readonly kind: 'moment'
      readonly at: number
      /** No time was said: the whole day. */
      readonly isWholeDay: boolean
    }
)

/** What is needed to know what is meant. */
export interface MarkFacts {
  /** What is spoken; what is neither German nor English is read as English. */
  readonly language: string | null
  /** `tomorrow` is the day after this. */
  readonly receivedAt: number
  /** IANA name; null: the machine's. */
  readonly timeZone: string | null
  /** Of the line that was called. */
  readonly country: string | null
  readonly areaCode: string | null
}

/** Digits as people write them; a number of fewer is none that could be called. */
const NUMBER = /(?<![\d:.,])\+?\d(?:[ ()/.-]{0,2}\d){5,17}(?![\d:])/g
/** A message has few; a transcript may be nonsense. */
const MOST_MARKS = 50
const LONGEST_TEXT = 5000
const MINUTE_MS = 60_000

/** The telephone numbers, dates and times in a sentence, in order. */
export function findMarks(said: string, facts: MarkFacts): readonly Mark[] {
  const { text, places } = toDigits(said.slice(0, LONGEST_TEXT))
  const at = (start: number, length: number) => ({
    start: places[start] ?? 0,
    end: places[start + length] ?? said.length,
  })
  const numbers = [...text.matchAll(NUMBER)].map(
    ({ 0: written, index }): Mark => ({
      kind: 'number',
      ...at(index, written.length),
      number: toE164(written, facts) ?? written.replace(/[^\d+]/g, ''),
    }),
  )
  const marks = [
    ...numbers,
    ...momentsIn(text, facts).map(({ index, length, ...rest }) => ({ ...at(index, length), ...rest })),
  ]
  const sorted = marks.toSorted((a, b) => a.start - b.start || b.end - a.end)
  // A number is no date, though it may look like one.
  return sorted
    .filter((mark, place) => sorted.slice(0, place).every(({ end }) => end <= mark.start))
    .slice(0, MOST_MARKS)
}

function momentsIn(text: string, { language, receivedAt, timeZone }: MarkFacts) {
  const isGerman = language?.toLowerCase().startsWith('de') === true || language === 'german'
  // Loaded with the first words, and only their language: megabytes that a machine without transcripts need not hold.
  const name = isGerman ? 'chrono-node/de' : 'chrono-node/en'
  const { casual: chrono } = createRequire(import.meta.url)(name) as typeof import('chrono-node').en
  // The clock on the wall, as though it were UTC's: then no change to summer time lies between.
  const { date, minute } = localTime(receivedAt, timeZone)
  const wall = Date.parse(`${date}T00:00Z`) + minute * MINUTE_MS
  const reference = { instant: new Date(wall), timezone: 0 }
  // As chrono reads it, at the same places.
  const written = isGerman
    ? text.replace(/\b(\d{1,2}) Uhr (\d{2})\b/gi, '$1:$2 Uhr')
    : text.replace(/\bo['’]?clock\b/gi, (word) => ' '.repeat(word.length))
  return chrono.parse(written, reference, { forwardDate: true }).flatMap(({ text: found, index, start }) => {
    const isDay = ['day', 'weekday'].some((part) => start.isCertain(part as 'day'))
    const isTime = start.isCertain('hour')
    const isCasual = /\p{L}/u.test(found)
    // `now` and a bare figure are not for a calendar.
    if (!(isDay || isTime) || !isCasual || /^(?:now|jetzt|just now|today|heute)$/i.test(found.trim()))
      return []
    const hour = (start.get('hour') ?? 12) + (isTime && isAfternoon(start, isGerman) ? 12 : 0)
    const day = Date.UTC(start.get('year') ?? 1970, (start.get('month') ?? 1) - 1, start.get('day') ?? 1)
    const meant = day + (isTime ? hour * 60 + (start.get('minute') ?? 0) : 0) * MINUTE_MS
    return [
      {
        kind: 'moment' as const,
        ...{ index, length: found.trimEnd().length },
        at: instantOf(meant, timeZone),
        isWholeDay: !isTime,
      },
    ]
  })
}

/** Who says `at five` without more means the afternoon, in English: nobody meets at five in the morning. */
const isAfternoon = (
  start: { isCertain(part: 'meridiem'): boolean; get(part: 'hour'): number | null },
  isGerman: boolean,
) => {
  const hour = start.get('hour') ?? 0
  return !isGerman && !start.isCertain('meridiem') && hour >= 1 && hour <= 6
}

/** When the clock on the wall of this zone shows this, which is written as though it were UTC's. */
function instantOf(wall: number, timeZone: string | null): number {
  let instant = wall
  // Once more, where the offset changes in between.
  for (let again = 0; again < 2; again++) {
    const { date, minute } = localTime(instant, timeZone)
    instant += wall - (Date.parse(`${date}T00:00Z`) + minute * MINUTE_MS)
  }
  return instant
}
