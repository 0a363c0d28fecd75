import { z } from 'zod'
import { plainName } from './plain-name.ts'

export const line = z.object({
  id: z.string(),
  name: z.string(),
  number: z.string().nullable(),
  trunk: z.array(z.string()),
  mailbox: z.string(),
  ringSeconds: z.int(),
  callBack: z.string().nullable().describe('SIP URI through which phones may call out; null: they may not'),
})
export type Line = z.infer<typeof line>

export const lineInput = z.object({
  name: plainName,
  number: z.string().max(64).nullable().optional(),
  trunk: z.array(z.string()).min(1).describe('Addresses or CIDR blocks that may call this line'),
  mailbox: z.string().optional().describe('Default: a mailbox of the same name, made if needed'),
  ringSeconds: z.int().min(0).max(120).optional().describe('Default 18'),
  callBack: z
    .string()
    .max(200)
    .nullable()
    .optional()
    .describe('SIP URI with a numeric host, like sip:192.0.2.7:5060; default null'),
})
export type LineInput = z.infer<typeof lineInput>

export const lineChange = lineInput.partial()
export type LineChange = z.infer<typeof lineChange>
