import { z } from 'zod'
import { plainName } from './plain-name.ts'
import { targetUrl } from './targets.ts'

/** Block lists that others keep; what a rule says of them is a condition `listed`. */

export const numberList = z.object({
  id: z.string(),
  name: z.string(),
  kind: z
    .enum(['file', 'url', 'phoneblock'])
    .describe(
      'file: its numbers are put there; url: a document is fetched; phoneblock: a service of that kind',
    ),
  url: z.string().nullable().describe('Its query may be a secret: `?…` is shown for it. Null: a file'),
  hasToken: z.boolean(),
  country: z
    .string()
    .nullable()
    .describe('Of numbers without a country code (ISO 3166-1 alpha-2); null: that of the house'),
  minVotes: z.int().describe('Of PhoneBlock: so many have to complain of a number'),
  everyHours: z.int().describe('About how often it is fetched'),
  createdAt: z.iso.datetime(),
  count: z.int().describe('How many numbers, and beginnings of numbers, are on it'),
  skipped: z.int().describe('How many entries were no numbers when it was last read'),
  readAt: z.iso.datetime().nullable().describe('When it was last read, be it the same as before'),
  triedAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime().nullable().describe('When it is fetched next; null: it is not'),
  problem: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why it could not be fetched the last time; what was read before stays in force'),
})
export type NumberList = z.infer<typeof numberList>

const fields = {
  name: plainName,
  url: targetUrl,
  token: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[\x21-\x7e]+$/, 'write it without spaces'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'write a country like DE')
    .nullable(),
  minVotes: z.int().min(1).max(1000),
  everyHours: z.int().min(1).max(720),
}

export const numberListInput = z
  .strictObject({ ...fields, kind: numberList.shape.kind })
  .partial({ url: true, token: true, country: true, minVotes: true, everyHours: true })
export type NumberListInput = z.input<typeof numberListInput>

export const numberListChange = z.strictObject({ ...fields, token: fields.token.nullable() }).partial()
export type NumberListChange = z.input<typeof numberListChange>

export const numberCheckQuery = z.object({ number: z.string().trim().min(1).max(64) })
export const numberCheck = z.object({
  number: z.string(),
  lists: z.array(z.object({ id: z.string(), name: z.string() })).describe('Those that have the number'),
})
export type NumberCheck = z.infer<typeof numberCheck>
