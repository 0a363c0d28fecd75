import { z } from 'zod'

export const problem = z
  .object({ code: z.string(), message: z.string(), status: z.int() })
  .describe('An error; the codes are documented in docs/errors.md')
export type Problem = z.infer<typeof problem>

export const health = z.object({
  ready: z.boolean(),
  draining: z.boolean(),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type Health = z.infer<typeof health>

export const about = z.object({
  version: z.string(),
  sip: z
    .array(
      z.object({
        host: z.string().nullable().describe('Null: any address of this machine'),
        port: z.int(),
        transports: z.array(z.string()).describe('UDP, TCP'),
      }),
    )
    .describe('Where phones reach the machine'),
  voice: z.boolean().describe('A voice is set up that reads texts aloud, in one language at least'),
  disk: z.object({ freeBytes: z.int(), totalBytes: z.int() }).nullable().describe('Of the data directory'),
})
export type About = z.infer<typeof about>
