import { z } from 'zod'

export const testCallInput = z.strictObject({
  line: z.string().max(64).describe('Name or id of the line that may be called'),
  minutes: z.number().int().min(1).max(1440).optional().describe('How long the link holds; default 15'),
})
export type TestCallInput = z.infer<typeof testCallInput>

export const testCallLink = z.object({
  url: z.string().describe('Who has it may call the line once, without an account; shown this once'),
  line: z.string(),
  expiresAt: z.iso.datetime(),
})
export type TestCallLink = z.infer<typeof testCallLink>

export const testCallVisit = z.strictObject({
  token: z.string().max(64).describe("The fragment of the link's address"),
})

export const testCallOffer = z.object({
  line: z.string().describe('Name of the line'),
  expiresAt: z.iso.datetime(),
})
export type TestCallOffer = z.infer<typeof testCallOffer>
