import { z } from 'zod'
import { AnswerphoneError } from '../shared/errors.ts'
import { explainIssue } from '../shared/explain-issue.ts'

/** What fields are called on the command line where their own names don't say it: `{ 'callOut.perHour': '--call-out-per-hour' }`. */
export type Written = Readonly<Record<string, string>>

/** Reads what was given on the command line by a schema of the API. Throws AP_INPUT_INVALID, naming the flag. */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  written: Written = {},
): z.output<Schema> {
  const result = schema.safeParse(input, { error: explainIssue })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const flag = flagOf(issue?.path ?? [], written)
  throw new AnswerphoneError('AP_INPUT_INVALID', { what: `${flag}${issue?.message}` })
}

/** The same for a change, which has to change something. */
export function checkChange<Schema extends z.ZodType>(
  schema: Schema,
  input: object,
  written: Written = {},
): z.output<Schema> {
  if (Object.values(input).every((value) => value === undefined))
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'nothing to change; --help lists the flags' })
  return checkInput(schema, input, written)
}

/** The flag that filled a field, by the longest way to it that is known; the name alone is an argument. */
function flagOf(path: readonly PropertyKey[], written: Written): string {
  for (let length = path.length; length > 0; length--) {
    const known = written[path.slice(0, length).join('.')]
    if (known !== undefined) return `${known}: `
  }
  const field = path.findLast((part) => typeof part === 'string')
  if (field === undefined) return ''
  return field === 'name'
    ? 'name: '
    : `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: `
}

/** A number of the command line; what is none is left for the schema to refuse. */
export function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}

/** Days of the command line; `never` is null. */
export const toDays = (text: string | undefined): number | null | undefined =>
  text === 'never' ? null : toNumber(text)

/** A day, and perhaps a time of it. `Date` reads far more, and takes 01.11.2026 for a day in January. */
const INSTANT = /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

/** An instant or a day of the command line, in local time unless it says otherwise, as the API writes it. */
export function toInstant(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const [, day, time] = INSTANT.exec(text) ?? []
  const at = z.iso.date().safeParse(day).success ? Date.parse(time ? text : `${text}T00:00`) : Number.NaN
  if (Number.isNaN(at))
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: `${flag}: "${text}" is no time. Write it like 2026-05-01 or 2026-05-01T18:30.`,
    })
  return new Date(at).toISOString()
}

/** How many rows a list shall have at most. */
export function readLimit(text: string): number {
  const most = toNumber(text) ?? Number.NaN
  if (Number.isInteger(most) && most >= 1) return most
  throw new AnswerphoneError('AP_INPUT_INVALID', { what: `--limit: "${text}" is no whole number from 1.` })
}
