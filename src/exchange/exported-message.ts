import { z } from 'zod'
import { JUNK_REASONS } from '../store/model.ts'

const instant = z.iso.datetime().transform((text) => Date.parse(text))

/**
 * The JSON file beside each recording of an export: the message as the API shows it (`GET /messages/:id`), and the name of
 * the file with its sound. Of what else is there nothing is needed to take it in again.
 */
export const exportedMessage = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  callId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  file: z.string().min(1).max(255),
  callerNumber: z.string().max(128).nullable(),
  /** As the line on which it was left knew the number; exports of older versions may have none. */
  callerE164: z.string().max(128).nullable().default(null),
  callerName: z.string().max(128).nullable(),
  receivedAt: instant,
  state: z.enum(['new', 'heard', 'junk', 'trash']),
  heardAt: instant.nullable(),
  cutOff: z.boolean(),
  note: z.string().max(2000),
  pickedUp: z.enum(['kept', 'asked']).nullable(),
  kind: z.enum(['message', 'conversation']),
  forwardedBy: z.string().max(128).nullable(),
  /** Exports of older versions have none. */
  junkReason: z.enum(JUNK_REASONS).nullable().default(null),
  /** What its call had to pass, and the file with the name that was said; `file` null: it was gone. Older exports have none. */
  gate: z
    .object({
      kind: z.enum(['key', 'name']),
      went: z.enum(['passed', 'failed', 'opened']).nullable(),
      name: z
        .object({ file: z.string().min(1).max(255).nullable(), words: z.string().max(2000).nullable() })
        .nullable(),
    })
    .nullable()
    .default(null),
})
