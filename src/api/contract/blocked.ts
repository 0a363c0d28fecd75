import { z } from 'zod'

export const blockedNumber = z.object({
  number: z.string(),
  name: z.string().nullable(),
  at: z.iso.datetime(),
  by: z.string().describe('Who blocked it, as in the audit'),
})
export type BlockedNumber = z.infer<typeof blockedNumber>

/** What blocking leads to. */
export const blockedNow = blockedNumber.extend({
  wasBlocked: z
    .boolean()
    .describe('It was blocked before, in whatever way it was written; nothing has changed'),
})
export type BlockedNow = z.infer<typeof blockedNow>

export const blockedInput = z.strictObject({
  number: z
    .string()
    .regex(/^[^\p{C}]{1,64}$/u, 'write 1 to 64 characters')
    .describe('Whatever a caller has shown may be blocked'),
  name: z.string().max(200).nullable().optional(),
})
export type BlockedInput = z.infer<typeof blockedInput>
