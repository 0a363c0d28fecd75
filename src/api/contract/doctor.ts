import { z } from 'zod'
import { spoken } from './spoken.ts'

export const finding = z.object({
  area: z
    .enum([
      'program',
      'disk',
      'clock',
      'ports',
      'address',
      'lines',
      'names',
      'certificates',
      'phones',
      'lists',
      'contacts',
      'sound',
    ])
    .describe('What was looked at'),
  level: z.enum(['ok', 'warn', 'fail']),
  code: z.string().nullable().describe('Of docs/errors.md; null where all is well'),
  what: spoken,
  advice: spoken.nullable().describe('What is wrong, and what to do about it; null where all is well'),
})
export type Finding = z.infer<typeof finding>

export const soundTestChoice = z.object({
  line: z.string().describe('Name of a line that can call out'),
  number: z.string(),
  kind: z
    .enum(['echo', 'own'])
    .describe(
      '`echo`: the provider is known to send back there what it hears; `own`: the number of the line itself',
    ),
})
export type SoundTestChoice = z.infer<typeof soundTestChoice>

export const diagnosis = z.object({
  examinedAt: z.iso.datetime(),
  version: z.string(),
  findings: z.array(finding).describe('By area, and in it the worst first'),
  soundTests: z.array(soundTestChoice).describe('Numbers by which the sound of a line may be tested'),
})
export type Diagnosis = z.infer<typeof diagnosis>

export const soundTestInput = z.strictObject({
  number: z
    .string()
    .regex(/^\+?[\d*#]{1,32}$/, 'write the digits as they are dialled, like +49301234567')
    .describe('As one would dial it at the provider. It is called, and that may cost what a call costs'),
})
export type SoundTestInput = z.infer<typeof soundTestInput>
