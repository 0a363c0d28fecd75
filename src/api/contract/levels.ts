import { z } from 'zod'

const MOST_CALLS = 8

/** What GET /api/v1/levels (SSE) tells each 100 ms of each call: `event: level`. */
export const level = z.object({
  callId: z.string(),
  peak: z.number().min(0).max(1).describe('The greatest amplitude of the last 100 ms; 1 is full scale'),
})
export type Level = z.infer<typeof level>

export const levelQuery = z.object({
  calls: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1).max(64)).max(MOST_CALLS))
    .describe(`Ids of at most ${MOST_CALLS} calls, with commas`),
})
