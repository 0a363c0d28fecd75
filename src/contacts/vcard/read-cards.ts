import { readLines } from './read-lines.ts'

/** Why a line could not be taken in. */
export type CardProblem =
  | 'not-vcard' // the line is none of a vCard
  | 'no-end' // the card that begins here does not end
  | 'version' // of the card: neither 3.0 nor 4.0
  | 'no-name'
  | 'not-csv' // the line is none of a CSV file
  | 'no-columns' // of a CSV file: none says a name, or none a number

/** What a vCard says of somebody, with the lines where it does. */
export interface Card {
  readonly kind: 'card'
  /** Where it begins. */
  readonly line: number
  /** What it is known by wherever it lies; '' where it says nothing. */
  readonly uid: string
  readonly name: string
  readonly note: string
  readonly numbers: readonly { readonly line: number; readonly number: string }[]
}

export interface Problem {
  readonly kind: 'problem'
  readonly line: number
  readonly problem: CardProblem
  readonly text: string
}

/** As much of a bad line as is shown. */
const SHOWN = 60

interface Draft {
  readonly line: number
  version: string
  uid: string
  fullName: string
  structuredName: string
  note: string
  readonly numbers: { readonly line: number; readonly number: string }[]
}

/**
 * The cards of a vCard file, 3.0 (RFC 2426) or 4.0 (RFC 6350), one by one: names, notes and telephone numbers, all else is
 * passed over. What is wrong is told with its line, and costs no more than itself.
 */
export function* readCards(text: string): Generator<Card | Problem> {
  let draft: Draft | undefined
  for (const content of readLines(text)) {
    const { line } = content
    if ('bad' in content) {
      yield { kind: 'problem', line, problem: 'not-vcard', text: content.bad.slice(0, SHOWN) }
      continue
    }
    const { name, value } = content
    if (name === 'BEGIN' && /^vcard$/i.test(value.trim())) {
      if (draft) yield unended(draft)
      draft = { line, version: '', uid: '', fullName: '', structuredName: '', note: '', numbers: [] }
    } else if (!draft) {
      const shown = `${name}:${value}`.slice(0, SHOWN)
      yield { kind: 'problem', line, problem: 'not-vcard', text: shown }
    } else if (name === 'END' && /^vcard$/i.test(value.trim())) {
      yield finish(draft)
      draft = undefined
    } else {
      const { params } = content
      const ofCard = readProperty(name, value)
      if (ofCard) draft[ofCard.field] ||= ofCard.text
      if (name === 'TEL') draft.numbers.push({ line, number: readNumber(value, params.get('VALUE')) })
    }
  }
  if (draft) yield unended(draft)
}

function readProperty(name: string, value: string) {
  switch (name) {
    case 'VERSION':
      return { field: 'version', text: value.trim() } as const
    case 'FN':
      return { field: 'fullName', text: unescaped(value).replace(/\s+/g, ' ').trim() } as const
    case 'N':
      return { field: 'structuredName', text: readStructuredName(value) } as const
    case 'UID':
      return { field: 'uid', text: unescaped(value).trim() } as const
    case 'NOTE':
      return { field: 'note', text: unescaped(value).trim() } as const
    default:
      return undefined
  }
}

function finish(draft: Draft): Card | Problem {
  const { line, version, uid, note, numbers } = draft
  if (version !== '3.0' && version !== '4.0')
    return { kind: 'problem', line, problem: 'version', text: version }
  const name = draft.fullName || draft.structuredName
  if (name === '') return { kind: 'problem', line, problem: 'no-name', text: numbers[0]?.number ?? '' }
  return { kind: 'card', line, uid, name, note, numbers }
}

const unended = ({ line, fullName }: Draft): Problem => ({
  kind: 'problem',
  line,
  problem: 'no-end',
  text: fullName,
})

/** RFC 6350 §6.2.2: family; given; additional; before; after. */
function readStructuredName(value: string): string {
  const parts = value.split(/(?<!\\);/).map((part) => unescaped(part).replaceAll(',', ' ').trim())
  const [family = '', given = '', additional = '', before = '', after = ''] = parts
  return [before, given, additional, family, after].filter((part) => part !== '').join(' ')
}

/** RFC 6350 §6.4.1: text, or a tel URI (RFC 3966), whose parameters say nothing of the number. */
function readNumber(value: string, kind: string | undefined): string {
  const text = value.trim()
  if (kind?.toLowerCase() === 'uri' || /^(tel|sips?):/i.test(text))
    return text.replace(/^(tel|sips?):/i, '').replace(/[;@].*$/, '')
  return unescaped(text)
}

/** RFC 6350 §3.4. */
function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped))
}
