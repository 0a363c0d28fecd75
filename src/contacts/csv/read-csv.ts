import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import type { Card, Problem } from '../vcard/read-cards.ts'
import { type Meaning, meaningOf } from './columns.ts'

/** What the first line says. */
export interface Headings {
  readonly kind: 'headings'
  readonly used: readonly string[]
  /** Columns of which nothing is taken in. */
  readonly unknown: readonly string[]
}

const DELIMITERS = [',', ';', '\t'] as const
const CHUNK = 64 * 1024
/** Google writes several numbers of one kind so into one cell. */
const BETWEEN_NUMBERS = /:::|\n/

/**
 * The contacts of a CSV file (RFC 4180, and what spreadsheets make of it: semicolons or tabs, quotes where they do not
 * belong), one by one, after its headings. What can't be read is told with its line.
 */
export async function* readCsv(text: string): AsyncGenerator<Headings | Card | Problem> {
  // csv-parse counts CR LF in quotes as two lines.
  const parser = Readable.from(chunksOf(text.replaceAll('\r\n', '\n'))).pipe(
    parse({
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: CHUNK,
    }),
  )
  let meanings: readonly (Meaning | undefined)[] | undefined
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }>) {
      if (!meanings) {
        meanings = record.map(meaningOf)
        yield headingsOf(record, meanings)
        if (!meanings.includes('number') || !meanings.some((one) => one !== undefined && NAMED.has(one))) {
          yield { kind: 'problem', line: 1, problem: 'no-columns', text: record.join(', ').slice(0, 60) }
          return
        }
      } else yield readRow(record, meanings, line)
      line = info.lines + 1
    }
  } catch (error) {
    const { message, lines = line } = error as CsvError & { readonly lines?: number }
    yield { kind: 'problem', line: lines, problem: 'not-csv', text: message.slice(0, 120) }
  }
}

const NAMED: ReadonlySet<Meaning> = new Set(['full-name', 'given', 'family', 'company'])

function headingsOf(headings: readonly string[], meanings: readonly (Meaning | undefined)[]): Headings {
  const which = (is: boolean) =>
    headings.filter((heading, at) => heading !== '' && (meanings[at] !== undefined) === is)
  return { kind: 'headings', used: which(true), unknown: which(false) }
}

function readRow(
  record: readonly string[],
  meanings: readonly (Meaning | undefined)[],
  line: number,
): Card | Problem {
  const all = (meaning: Meaning) =>
    record.filter((cell, at) => meanings[at] === meaning && cell.trim() !== '').map((cell) => cell.trim())
  const numbers = all('number')
    .flatMap((cell) => cell.split(BETWEEN_NUMBERS))
    .map((number) => number.trim())
    .filter((number) => number !== '')
  const parts = (['prefix', 'given', 'middle', 'family', 'suffix'] as const).flatMap(all)
  // A title alone is no name.
  const isNamed = all('given').length + all('family').length > 0
  const name = all('full-name')[0] ?? (isNamed ? parts.join(' ') : all('company')[0]) ?? ''
  if (name === '') return { kind: 'problem', line, problem: 'no-name', text: numbers[0] ?? '' }
  return {
    kind: 'card',
    line,
    uid: '',
    name: name.replace(/\s+/g, ' '),
    note: all('note').join('\n'),
    numbers: numbers.map((number) => ({ line, number })),
  }
}

/** The sign that stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const head = (/^[^\r\n]*/.exec(text.replace(/^\ufeff/, ''))?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (sign: string) => head.split(sign).length
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

function* chunksOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK)
}
