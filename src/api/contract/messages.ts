import { z } from 'zod'
import { caller } from './caller.ts'
import { knownContact } from './contacts.ts'
import { hit, transcript } from './transcripts.ts'

/** Opus: in an Ogg file. */
export const audioFormat = z.enum(['wav', 'mp3', 'opus'])
export type AudioFormat = z.infer<typeof audioFormat>

export const messageState = z
  .enum(['new', 'heard', 'junk', 'trash'])
  .describe('`junk`: it lights no lamp and is told to nobody, heard or not')
export const message = z.object({
  id: z.string(),
  callId: z.string(),
  mailbox: z.string().describe('Name of the mailbox'),
  line: z.string().describe('Name of the line'),
  ...caller,
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
  junkReason: z
    .enum(['fax', 'silence', 'tones', 'recorded'])
    .nullable()
    .describe(
      'A machine left it: a fax, or nothing but silence, nothing but tones of the exchange, or a recording played over and over. Null: nothing says so',
    ),
  transcript: transcript.nullable().describe('What was said in it; null: nobody writes it down'),
  hit: hit.nullable().describe('In an answer to q: where it was said'),
})
export type Message = z.infer<typeof message>

export const messageChange = z
  .strictObject({
    state: z.enum(['new', 'heard']),
    junk: z.boolean().describe('To junk, or out of it'),
    note: z.string().max(2000),
    pickedUp: z.literal('kept'),
  })
  .partial()
  .describe(
    'Mark as new or heard, set the note, or keep what was left before a pick-up. To trash, use DELETE.',
  )
export type MessageChange = z.infer<typeof messageChange>

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
    .describe(
      "Part of the number, the name or the note, or of the contact's name or note; or words that were said, the last perhaps begun",
    ),
  mailbox: z.string().optional(),
  caller: z
    .string()
    .max(64)
    .optional()
    .describe('This number, however it is written, or all those of the contact of this id'),
  state: z.string().optional().describe('new, heard, junk, trash, or several with commas; default new,heard'),
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

/** Messages as the list would find them, all of its pages. */
export const messageFilter = messageListQuery
  .pick({ q: true, mailbox: true, caller: true, state: true, from: true, before: true })
  .strict()
  .extend({
    changedAt: z.iso
      .datetime()
      .optional()
      .describe('Those whose state changed at this instant and not since: what a batch did, to undo it'),
  })
export type MessageFilter = z.infer<typeof messageFilter>

/** How many messages a batch may name: as many as a page of the list has. */
const MOST_IN_BATCH = 200
const MOST_LEFT_OUT = 1000
const messageId = z.string().max(64)

export const messageBatch = z.strictObject({
  act: z
    .enum(['heard', 'new', 'junk', 'not-junk', 'trash', 'restore', 'purge'])
    .describe('purge: removes for good what is in the trash'),
  ids: z.array(messageId).min(1).max(MOST_IN_BATCH).optional(),
  all: messageFilter
    .optional()
    .describe(
      'Instead of `ids`: all that the list would find; give `before`, or what comes in meanwhile is meant, too',
    ),
  except: z.array(messageId).max(MOST_LEFT_OUT).optional().describe('Of `all`, leave these out'),
})
export type MessageBatch = z.infer<typeof messageBatch>

export const messageBatchDone = z.object({
  changed: z
    .array(z.string())
    .describe('Of `ids`, those that it changed; those that it did not fit, or that are gone, are left out'),
  count: z.int().describe('How many it changed'),
  changedAt: z.iso
    .datetime()
    .describe('When it did: `all` with this, and the state that they have now, undoes it'),
})
export type MessageBatchDone = z.infer<typeof messageBatchDone>
