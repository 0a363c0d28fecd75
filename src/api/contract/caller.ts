import { z } from 'zod'

/** What calls and messages have of their caller. */
export const caller = {
  callerNumber: z.string().nullable().describe('As the line wrote it; null: withheld'),
  callerE164: z
    .string()
    .nullable()
    .describe('The same in E.164; null where it is no such number, or the line has no country'),
  callerDisplay: z
    .string()
    .nullable()
    .describe('The same as people write it: national in the country of the line, else international'),
  callerName: z.string().nullable().describe('As the caller’s side sent it'),
}

export const attestation = z
  .object({
    verdict: z
      .enum(['passed', 'failed', 'none'])
      .describe('`failed`: the proof is wrong; `none`: somebody looked, and there was none'),
    level: z
      .enum(['A', 'B', 'C'])
      .nullable()
      .describe(
        'A: the provider knows the caller, and that the number is his; B: it knows the caller; C: neither',
      ),
    by: z
      .enum(['signature', 'verstat'])
      .describe('`signature`: checked here (STIR/SHAKEN); `verstat`: the word of a provider that is trusted'),
  })
  .describe('Whether a provider vouches for the number; null: nobody has said, or it was not looked at')
export type Attestation = z.infer<typeof attestation>

export const saidHeader = z.object({
  header: z.enum([
    'From',
    'P-Asserted-Identity',
    'Remote-Party-ID',
    'Privacy',
    'Diversion',
    'History-Info',
    'Call-Info',
  ]),
  value: z.string().describe('As it stood there; empty where the caller asked not to be told'),
  number: z.string().nullable(),
  name: z.string().nullable(),
  reason: z.string().nullable().describe('Why calls are sent on, of a diversion: `no-answer`, `user-busy` …'),
})
export type SaidHeader = z.infer<typeof saidHeader>
