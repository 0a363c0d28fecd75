import { WEEKDAYS } from '../shared/local-time.ts'

/** `mon-fri 22:00-07:00, sat,sun 23:00-09:00`-like spans, one for each `;`; what is none is left for the schema to refuse. */
export function readHours(text: string | undefined): object[] | undefined {
  if (text === undefined) return undefined
  return text
    .split(';')
    .map((span) => span.trim())
    .filter((span) => span !== '' && span !== 'none')
    .map((span) => {
      const [, days, from = span, to = ''] = /^(?:([a-z,-]+)\s+)?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(span) ?? []
      return { days: days === undefined ? [...WEEKDAYS] : days.split(',').flatMap(readDays), from, to }
    })
}

/** `mon-fri` or `sat`. */
function readDays(text: string): readonly string[] {
  const [first = '', last] = text.split('-')
  if (last === undefined) return [first]
  const names: readonly string[] = WEEKDAYS
  const [from, to] = [names.indexOf(first), names.indexOf(last)]
  if (from === -1 || to === -1) return [text]
  return from <= to ? WEEKDAYS.slice(from, to + 1) : [...WEEKDAYS.slice(from), ...WEEKDAYS.slice(0, to + 1)]
}
