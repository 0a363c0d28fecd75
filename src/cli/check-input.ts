import type { z } from 'zod'
import { AnswerphoneError } from '../shared/errors.ts'

/** Reads what was given on the command line by a schema of the API. Throws AP_INPUT_INVALID, naming the flag. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path[0]
  const flag =
    typeof field === 'string' ? `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ` : ''
  throw new AnswerphoneError('AP_INPUT_INVALID', { what: `${flag}${issue?.message ?? 'invalid'}` })
}

/** A number of the command line; what is none is left for the schema to refuse. */
export function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}

/** An instant or a day of the command line, in local time unless it says otherwise, as the API writes it. */
export function toInstant(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text)
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
