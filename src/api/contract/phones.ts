import { z } from 'zod'
import { plainName } from './plain-name.ts'
import { srtpUse } from './srtp.ts'

export const phone = z.object({
  id: z.string(),
  name: z.string(),
  mailboxes: z.array(z.string()).describe('Names of the mailboxes for which it rings'),
  speaker: z.boolean().describe('It plays messages aloud while they are left'),
  speakerGainDb: z.number(),
  srtp: srtpUse.describe('As of a line; browsers always encrypt'),
  createdAt: z.iso.datetime(),
  hasRegistered: z.boolean().describe('It has been registered at least once'),
  devices: z
    .array(z.object({ userAgent: z.string(), address: z.string(), until: z.iso.datetime() }))
    .describe('Where it is registered now'),
})
export type Phone = z.infer<typeof phone>

export const phoneInput = z.strictObject({
  name: plainName,
  password: z
    .string()
    .regex(/^[^\p{C}]*$/u, 'use no control characters')
    .min(8, 'use at least 8 characters')
    .max(128)
    .optional()
    .describe('Default: one is made, and shown this once'),
  mailboxes: z
    .array(z.string())
    .optional()
    .describe('Names or ids of the mailboxes for which it rings; default: the only one'),
  speaker: z.boolean().optional().describe('Default false'),
  speakerGainDb: z.number().min(-30).max(12).optional().describe('Default 0'),
  srtp: srtpUse.optional(),
})
export type PhoneInput = z.infer<typeof phoneInput>

export const phoneChange = phoneInput.partial().extend({
  newPassword: z.boolean().optional().describe('Makes a password, and shows it this once'),
})
export type PhoneChange = z.infer<typeof phoneChange>

export const setUpPhone = phone.extend({
  password: z.string().nullable().describe('The password that was made: shown this once. Null: none was'),
})
export type SetUpPhone = z.infer<typeof setUpPhone>

export const appPlace = z.strictObject({
  server: z
    .string()
    .max(253)
    .regex(/^[\w.:-]+$/, 'give a host name or an address')
    .describe('Host name or address at which the app is to reach the machine by SIP'),
  port: z.number().int().min(1).max(65535),
  transport: z.enum(['udp', 'tcp']).optional().describe('Default udp'),
})
export type AppPlace = z.infer<typeof appPlace>

export const appLink = z.object({
  url: z.string().describe("Where Linphone's apps fetch the account, be it from a QR code; shown this once"),
  expiresAt: z.iso.datetime(),
})
export type AppLink = z.infer<typeof appLink>

export const phoneSession = z.object({
  uri: z.string().describe("The phone's SIP address"),
  user: z.string().describe('The user name in its digest'),
  password: z.string().describe('For this page alone; keep it nowhere'),
  realm: z.string(),
  expiresAt: z.iso.datetime().describe('Ask again before: then it is refused'),
  websocket: z.string().describe('Where it connects, with the subprotocol sip'),
})
export type PhoneSession = z.infer<typeof phoneSession>
