import { z } from 'zod'
import { language } from './language.ts'

export const greeting = z.object({
  id: z.string(),
  name: z.string(),
  durationMs: z.int(),
  createdAt: z.iso.datetime(),
})
export type Greeting = z.infer<typeof greeting>

export const greetingQuery = z.object({ name: z.string().min(1).max(64) })

export const spokenText = z.strictObject({
  text: z.string().trim().min(1).max(2000).describe('What is to be said'),
  language: language.optional().describe('Of the text. Default: that of the first mailbox by name'),
})
