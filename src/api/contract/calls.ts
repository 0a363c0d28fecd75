import { z } from 'zod'
import { ENCRYPTED } from '../../shared/encrypted.ts'
import { attestation, caller, saidHeader } from './caller.ts'
import { knownContact } from './contacts.ts'
import { liveWords } from './transcripts.ts'

export const callPhase = z.enum([
  'gate',
  'ringing',
  'greeting',
  'recording',
  'connected',
  'remote',
  'closing',
])
export const callOutcome = z.enum([
  'message',
  'hung-up',
  'abandoned',
  'refused',
  'picked-up',
  'let-in',
  'failed',
  'interrupted',
])

/** Which rule decided a call. */
export const decidingRule = z
  .object({ id: z.string(), name: z.string().describe('As it was called then') })
  .describe('`blocked`, where the caller is; null: no rule, the line’s settings did')

/** What the caller had to pass before phones rang. */
export const callGate = z
  .object({
    kind: z.enum(['key', 'name']),
    went: z
      .enum(['passed', 'failed', 'opened'])
      .nullable()
      .describe(
        '`failed`: the message goes to junk; `opened`: the owner did not wait; null: not yet, or never',
      ),
    name: z
      .object({
        durationMs: z.int(),
        words: z.string().nullable().describe('As it was written down; null: it was not'),
      })
      .nullable()
      .describe('The name that was said, at `/api/v1/calls/:id/name`; null: there is none'),
  })
  .describe('What the caller had to pass before phones rang; null: there was no gate')
export type CallGate = z.infer<typeof callGate>

/** The caller's telephone may be beyond a provider: nobody here knows what is encrypted there. */
export const encrypted = z
  .enum(ENCRYPTED)
  .describe("What is encrypted between the caller's side (the provider, as a rule) and the machine")

export const liveCall = z.object({
  id: z.string(),
  line: z.string(),
  mailbox: z.string(),
  ...caller,
  attestation: attestation.nullable(),
  contact: knownContact.nullable(),
  rule: decidingRule.nullable(),
  junk: z.boolean().describe('Its message goes to junk'),
  gate: callGate.nullable(),
  arrivedAt: z.iso.datetime(),
  phase: callPhase,
  ringsSince: z.iso
    .datetime()
    .nullable()
    .describe('Since when it rings: from its arrival, or from when it came past its gate; null: it does not'),
  answersAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  recordingSince: z.iso.datetime().nullable(),
  ringing: z.array(z.string()).describe('Names of the phones that ring'),
  listeners: z.array(z.object({ phone: z.string(), since: z.iso.datetime() })),
  pickedUpBy: z.string().nullable().describe('Name of the phone that picked up'),
  recording: z.boolean().describe('What is said now is recorded'),
  encrypted,
  words: liveWords.nullable().describe('What the caller has said; null: nobody writes it down'),
})
export type LiveCall = z.infer<typeof liveCall>

export const pastCall = z.object({
  id: z.string(),
  line: z.string(),
  ...caller,
  attestation: attestation.nullable(),
  contact: knownContact.nullable(),
  rule: decidingRule.nullable(),
  arrivedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  outcome: callOutcome.nullable(),
  messageId: z.string().nullable(),
  encrypted: encrypted.nullable(),
  gate: callGate.nullable(),
})
export type PastCall = z.infer<typeof pastCall>

export const callDetails = pastCall.extend({
  said: z.array(saidHeader).describe('What the line said of the caller, header by header'),
})
export type CallDetails = z.infer<typeof callDetails>

export const callPage = z.object({
  live: z.array(liveCall),
  past: z.array(pastCall),
  nextCursor: z.string().nullable(),
})
export type CallPage = z.infer<typeof callPage>

export const callListQuery = z.object({
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the caller's number or name, or of the contact's name or note"),
  line: z.string().optional().describe('Name or id of a line'),
  caller: z.string().max(64).optional().describe('This number, however it is written'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type CallListQuery = z.infer<typeof callListQuery>

/** What an act on a call needs. */
export const pickUpInput = z.strictObject({
  phone: z.string().max(64).optional().describe('Which phone to ring; default: all of the mailbox'),
})

export const listenInput = z.strictObject({ phone: z.string().max(64).describe('Which phone to ring') })
export const recordInput = z.strictObject({ on: z.boolean() })
