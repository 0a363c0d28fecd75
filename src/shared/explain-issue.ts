import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

/**
 * What is wrong with something that was given, and what is wanted in its place: the one translation of zod's issues for
 * people, `schema.safeParse(given, { error: explainIssue })`. Where a schema has words of its own, those are taken.
 */
export function explainIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input)
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'is empty'
      return `at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor} is wanted`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'is not written as it has to be'
    case 'invalid_value':
      return `write ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`
    case 'invalid_union':
      return wrongChoice(issue)
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, (issue.inst as Partial<z.ZodObject> | undefined)?.shape)
    default:
      return 'this can not be right'
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
const typeName = (type: string) => TYPES[type] ?? type

function wrongType(expected: string, input: unknown): string {
  if (input === undefined) return `is needed (${typeName(expected)})`
  const got = input === null ? 'null' : Array.isArray(input) ? 'array' : typeof input
  // That 1.5 is a number, and NaN none, is no news.
  const isKnown = typeof input === 'number' && (expected === 'int' || expected === 'number')
  return `${typeName(expected)} is wanted${isKnown ? '' : `, not ${typeName(got)}`}`
}

const unitOf = (origin: string) =>
  origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : ''

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'write an instant like 2026-05-01T16:30:00Z',
  date: 'write a day like 2026-05-01',
  url: 'write an address like https://example.org/',
  email: 'write a mail address like ruth@example.org',
  base64url: 'write it in base64url',
}

/** By its discriminator where it has one, or else what each of the choices would want. */
function wrongChoice(issue: Extract<RawIssue, { code: 'invalid_union' }>): string {
  if (Array.isArray(issue.options)) return `write one of ${issue.options.join(', ')}`
  const wanted = issue.errors.flatMap(([first]) => (first ? [first.message] : []))
  return wanted.length > 0 ? [...new Set(wanted)].join(', or: ') : 'this can not be right'
}

function unknownKeys(keys: readonly string[], shape: object | undefined): string {
  const written = keys.map((key) => `"${key.slice(0, 64)}"`).join(', ')
  const known = shape ? `; known are ${Object.keys(shape).join(', ')}` : ''
  return `there is no ${written} here${known}`
}
