import { AnswerphoneError } from '../shared/errors.ts'
import type { NumberCollector } from './collect-numbers.ts'

/**
 * Takes in the numbers of a document, whatever it is written in: lines, CSV, JSON, vCard, or the XML of a FRITZ!Box phone
 * book. Throws AP_LIST_NO_NUMBERS for what is no list: the login page of a hotel must not empty one that is in force.
 */
export function readDocument(document: string, into: NumberCollector): void {
  const text = document.replace(/^\ufeff/, '')
  for (const written of numbersIn(text)) into.add(written)
  if (into.taken === 0) throw noNumbers('there are none in it')
  if (into.skipped > into.taken) throw noNumbers('most of it are no numbers')
}

function numbersIn(text: string): Iterable<string> {
  const beginning = text.trimStart().slice(0, 200)
  if (beginning.startsWith('<')) {
    if (/<phonebooks?\b/i.test(text.slice(0, 2000))) return matchesOf(text, /<number\b[^<>]*>([^<>]*)</gi)
    throw noNumbers('it is a web page')
  }
  if (/^[[{]/.test(beginning)) return numbersInJson(text)
  if (/^BEGIN:VCARD/i.test(beginning)) return numbersInCards(text)
  return numbersInLines(text)
}

const noNumbers = (why: string) => new AnswerphoneError('AP_LIST_NO_NUMBERS', { why })

function* matchesOf(text: string, pattern: RegExp): Generator<string> {
  for (const [, written = ''] of text.matchAll(pattern)) yield written
}

/** A list of numbers, or of objects that have one; or such a list as `numbers` of an object, as PhoneBlock has it. */
function* numbersInJson(text: string): Generator<string> {
  const parsed = parseJson(text)
  const list = isObject(parsed) ? parsed['numbers'] : parsed
  if (!Array.isArray(list)) throw noNumbers('its JSON is no list, and has no list "numbers"')
  for (const one of list as unknown[]) {
    const written = isObject(one) ? (one['phone'] ?? one['number']) : one
    yield typeof written === 'number' ? `${written}` : typeof written === 'string' ? written : ''
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw noNumbers('it breaks off, or is no JSON')
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `TEL` of RFC 6350 §6.4.1, by itself or as a URI; lines that go on are taken together (§3.2). */
function* numbersInCards(text: string): Generator<string> {
  const unfolded = text.replace(/\r?\n[ \t]/g, '')
  for (const written of matchesOf(unfolded, /^(?:[\w-]{1,40}\.)?TEL\b[^:\r\n]*:(?:tel:)?([^;\r\n]*)/gim))
    yield written
}

/** A heading that says in which column the numbers are. */
const HEADING = /^(phone|tel|telephone|(phone|caller)?[ _-]?number|(ruf|telefon)?nummer|telefon)$/i

/** A number on each line, or in a column of it; `#` begins a comment. */
function* numbersInLines(text: string): Generator<string> {
  let column: number | undefined
  let separator = ''
  for (const line of linesOf(text)) {
    const written = line
      .trim()
      .replace(/(^|\s)(#|\/\/).*$/, '')
      .trim()
    if (written === '') continue
    if (column === undefined) {
      separator = [';', '\t', ','].find((one) => written.includes(one)) ?? ','
      column = cellsOf(written, separator).findIndex((cell) => HEADING.test(cell))
      if (column >= 0) continue
      column = 0
    }
    yield cellsOf(written, separator)[column] ?? ''
  }
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    yield text.slice(from, end < 0 ? undefined : end)
    from = end < 0 ? text.length : end + 1
  }
}

/** RFC 4180: what is in quotes may have separators in it. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim())
  const cells = ['']
  let quoted = false
  for (const letter of line) {
    if (letter === '"') quoted = !quoted
    else if (letter === separator && !quoted) cells.push('')
    else cells.push(cells.pop() + letter)
  }
  return cells.map((cell) => cell.trim())
}
