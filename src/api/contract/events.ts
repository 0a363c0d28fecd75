import { z } from 'zod'
import { callOutcome, liveCall } from './calls.ts'
import { message } from './messages.ts'
import { health } from './operations.ts'
import { fill } from './storage.ts'
import { switches } from './switches.ts'
import { liveWords } from './transcripts.ts'

/** Events of GET /api/v1/events (SSE): `event:` is the kind, `data:` the JSON. After a reconnect, read the lists again. */
export const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call-changed'), call: liveCall }),
  z
    .object({
      kind: z.literal('call-ended'),
      callId: z.string(),
      outcome: callOutcome,
      messageId: z.string().nullable(),
    })
    .describe('At once; while the database takes no rows, the call and its message are listed once it does'),
  z
    .object({ kind: z.literal('words-heard'), callId: z.string(), words: liveWords })
    .describe('What the caller has said so far: all of it, at most five times a second'),
  z.object({ kind: z.literal('message-added'), message }),
  z.object({ kind: z.literal('messages-changed') }).describe('Some message changed: read the list again'),
  z
    .object({ kind: z.literal('contacts-changed') })
    .describe('Callers may go by other names: read the lists again'),
  z
    .object({ kind: z.literal('lines-changed') })
    .describe('A line, or how one is registered, may be otherwise: read the lines again'),
  z.object({ kind: z.literal('health-changed'), health }),
  z.object({ kind: z.literal('switches-changed'), switches }),
  z
    .object({ kind: z.literal('fills-changed'), fills: z.array(fill) })
    .describe('What fills up, or is full: all of it'),
])
export type ApiEvent = z.infer<typeof event>
