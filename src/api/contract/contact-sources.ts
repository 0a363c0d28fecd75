import { z } from 'zod'
import { contactName } from './contacts.ts'

export const contactSource = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  user: z.string(),
  books: z
    .array(z.string())
    .nullable()
    .describe('Names or URLs of the address books that are taken over; null: all'),
  intervalMinutes: z.int(),
  found: z
    .array(z.object({ url: z.string(), name: z.string() }))
    .describe('The address books of the account, as they were last seen'),
  contacts: z.int().describe('How many contacts are from there'),
  withoutNumber: z.int().describe('How many cards have no number, and are no contacts'),
  leftOut: z
    .array(z.object({ name: z.string(), numbers: z.array(z.string()) }))
    .describe('At most 100 cards with numbers that are another contact’s, to whom they were left'),
  syncing: z.boolean().describe('It is being read just now'),
  lastReadAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime(),
  problem: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why it could not be read the last time; its contacts are as they were before'),
})
export type ContactSource = z.infer<typeof contactSource>

const fields = {
  name: contactName,
  url: z
    .url({
      protocol: /^https?$/,
      error: ({ input }) => `"${input}" is no http or https address`,
    })
    .max(1000)
    .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'give the login with user and password'),
  user: z.string().min(1).max(200),
  password: z.string().min(1).max(500).describe('Never shown. Another server needs it again'),
  books: z.array(z.string().min(1).max(1000)).min(1).max(50).nullable(),
  intervalMinutes: z.int().min(5).max(10_080).describe('How often it is read'),
}

export const contactSourceInput = z.strictObject({
  ...fields,
  books: fields.books.default(null),
  intervalMinutes: fields.intervalMinutes.default(60),
})
export type ContactSourceInput = z.input<typeof contactSourceInput>

export const contactSourceChange = z.strictObject(fields).partial()
export type ContactSourceChange = z.input<typeof contactSourceChange>

export const contactSourceRemoval = z.object({
  contacts: z
    .enum(['remove', 'keep'])
    .default('remove')
    .describe('What becomes of its contacts; those that are kept are as if they had been added here'),
})
