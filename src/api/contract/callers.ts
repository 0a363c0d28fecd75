import { z } from 'zod'
import { callDetails, pastCall } from './calls.ts'
import { contact } from './contacts.ts'
import { message } from './messages.ts'

/** `blocked` goes before all else: calls of at least one number are refused. */
export const callerClass = z.enum(['blocked', 'favourite', 'known', 'unknown'])
export type CallerClass = z.infer<typeof callerClass>

export const callerNumber = z.object({
  number: z.string(),
  e164: z.string().nullable(),
  display: z.string().describe('As people write it where the house is'),
  blockedAs: z
    .string()
    .nullable()
    .describe('How it stands among the blocked numbers; null: it is not blocked'),
})

export const callerProfile = z.object({
  key: z.string().describe('The id of the contact, or the number'),
  contact: contact.nullable(),
  name: z.string().nullable().describe('As you know the caller, or else what the line last said'),
  numbers: z.array(callerNumber).min(1),
  class: callerClass,
  note: z.string().describe('Of the contact, or of the number'),
})
export type CallerProfile = z.infer<typeof callerProfile>

export const callerChange = z.strictObject({ note: z.string().trim().max(2000) })
export type CallerChange = z.input<typeof callerChange>

export const callerHistoryQuery = z.object({
  q: z.string().max(200).optional().describe('As in the lists of messages and calls'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type CallerHistoryQuery = z.infer<typeof callerHistoryQuery>

export const callerEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), call: pastCall }),
  z.object({ kind: z.literal('message'), message }),
])
export type CallerEntry = z.infer<typeof callerEntry>

export const callerHistory = z.object({
  entries: z
    .array(callerEntry)
    .describe('Calls that are over and messages, the newest first; without the trash'),
  nextCursor: z.string().nullable(),
})
export type CallerHistory = z.infer<typeof callerHistory>

export const callerForgotten = z.object({
  calls: z.int().describe('How many calls are gone for good'),
})
export type CallerForgotten = z.infer<typeof callerForgotten>

export const callerExport = z.object({
  exportedAt: z.iso.datetime(),
  caller: callerProfile,
  calls: z.array(callDetails),
  messages: z.array(message).describe('Those in the trash, too; their sound is exported by messages'),
})
export type CallerExport = z.infer<typeof callerExport>
