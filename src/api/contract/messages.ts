import { z } from 'zod'
import { knownContact } from './contacts.ts'

/** Opus: in an Ogg file. */
export const audioFormat = z.enum(['wav', 'mp3', 'opus'])
export type AudioFormat = z.infer<typeof audioFormat>

export const messageState = z.enum(['new', 'heard', 'trash'])
export const message = z.object({
  id: z.string(),
  callId: z.string(),
  mailbox: z.string().describe('Name of the mailbox'),
  line: z.string().describe('Name of the line'),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable().describe('As the caller’s side sent it'),
  contact: knownContact.nullable(),
  receivedAt: z.iso.datetime(),
  durationMs: z.int(),
  state: messageState,
  heardAt: z.iso
    .datetime()
    .nullable()
    .describe('When it was first heard; marking it new again does not forget it'),
  trashedAt: z.iso.datetime().nullable(),
  cutOff: z.boolean().describe('The recording was cut off: the machine stopped, or its disk was full'),
  note: z.string(),
  pickedUp: z
    .enum(['kept', 'asked'])
    .nullable()
    .describe('Somebody picked up while it was left: it is kept, or you are asked. Null: nobody did'),
  kind: z.enum(['message', 'conversation']).describe('conversation: what both said after the pick-up'),
  forwardedBy: z
    .string()
    .nullable()
    .describe(
      'It is a copy that somebody put into this mailbox, as the audit names them. Null: a caller left it',
    ),
})
export type Message = z.infer<typeof message>

export const messageChange = z
  .object({ state: z.enum(['new', 'heard']), note: z.string().max(2000), pickedUp: z.literal('kept') })
  .partial()
  .describe(
    'Mark as new or heard, set the note, or keep what was left before a pick-up. To trash, use DELETE.',
  )
export type MessageChange = z.infer<typeof messageChange>

/** How many messages a batch may name: as many as a page of the list has. */
const MOST_IN_BATCH = 200

export const messageBatch = z.object({
  act: z
    .enum(['heard', 'new', 'trash', 'restore', 'purge'])
    .describe('purge: removes for good what is in the trash'),
  ids: z.array(z.string().max(64)).min(1).max(MOST_IN_BATCH),
})
export type MessageBatch = z.infer<typeof messageBatch>

export const messageBatchDone = z.object({
  changed: z
    .array(z.string())
    .describe(
      'Ids of the messages that it changed; those that it did not fit, or that are gone, are left out',
    ),
})
export type MessageBatchDone = z.infer<typeof messageBatchDone>

export const messagePage = z.object({
  messages: z.array(message),
  nextCursor: z.string().nullable(),
  total: z
    .int()
    .nullable()
    .describe(
      'How many there are in all; null where it is asked for q, caller, from or before: those are not counted',
    ),
})
export type MessagePage = z.infer<typeof messagePage>

export const messageListQuery = z.object({
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the number, the name or the note, or of the contact's name or note"),
  mailbox: z.string().optional(),
  caller: z.string().max(64).optional().describe('This number, however it is written'),
  state: z.string().optional().describe('new, heard, trash, or several with commas; default new,heard'),
  from: z.iso.datetime().optional(),
  before: z.iso.datetime().optional(),
  cursor: z.string().optional(),
  skip: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .optional()
    .describe('How many of the newest to leave out: a place in a long list'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type MessageListQuery = z.infer<typeof messageListQuery>
