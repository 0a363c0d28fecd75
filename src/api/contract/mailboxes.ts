import { z } from 'zod'
import { language } from './language.ts'
import { mailAddress } from './mail.ts'
import { plainName } from './plain-name.ts'
import { heardGreeting, scheduleEntry, scheduleInput, timeZone } from './schedule.ts'
import { quota, retention } from './storage.ts'

export const afterPickUp = z.enum(['keep', 'discard', 'ask'])
export const mailbox = z.object({
  id: z.string(),
  name: z.string(),
  greeting: z.string().nullable().describe('Id of the greeting; null: the one that ships with Answerphone'),
  language: language.describe('What the machine speaks to callers, and in the spoken menu'),
  longestSeconds: z.int(),
  shortestSeconds: z.number(),
  silenceSeconds: z.int().describe('0: a message never ends by silence'),
  afterPickUp: afterPickUp.describe('What becomes of what was said before somebody picked up'),
  machinesToJunk: z
    .boolean()
    .describe(
      'What machines leave goes to junk: faxes, silence, tones, recordings that are played over and over',
    ),
  mailTo: z.array(z.string()).describe('Addresses to which each new message is mailed'),
  schedule: z
    .array(scheduleEntry)
    .describe('When callers hear another greeting; the first entry that fits wins'),
  timeZone: z.string().nullable().describe("IANA name of the schedule's time zone; null: the machine's"),
  heard: heardGreeting,
  ...retention.shape,
  ...quota.shape,
  filledPercent: z.int().nullable().describe('How much of its quota it has used; null: it has none'),
  hasPin: z.boolean().describe('Whether it can be heard from afar, by its PIN'),
  newMessages: z.int(),
  heardMessages: z.int(),
})
export type Mailbox = z.infer<typeof mailbox>

export const mailboxInput = z.strictObject({
  name: plainName,
  greeting: z
    .string()
    .nullable()
    .optional()
    .describe('Name or id; null: the one that ships with Answerphone'),
  language: language.optional().describe('Default: that of the country of the house'),
  longestSeconds: z.int().min(5).max(3600).optional().describe('Default 180'),
  shortestSeconds: z.number().min(0).max(30).optional().describe('Default 1'),
  silenceSeconds: z.int().min(0).max(300).optional().describe('Default 0'),
  afterPickUp: afterPickUp.optional().describe('Default keep'),
  machinesToJunk: z.boolean().optional().describe('Default true'),
  mailTo: z.array(mailAddress).max(10, 'at most 10 addresses').optional(),
  schedule: scheduleInput.optional(),
  timeZone: timeZone.nullable().optional(),
  ...retention.partial().shape,
  ...quota.partial().shape,
})
export type MailboxInput = z.infer<typeof mailboxInput>

export const mailboxChange = mailboxInput.partial().extend({
  pin: z
    .string()
    .regex(/^\d{6,12}$/, '6 to 12 digits')
    .nullable()
    .optional()
    .describe(
      'With which it is heard from afar (`*`, the PIN, `#` while the greeting is heard); null: not at all',
    ),
})
export type MailboxChange = z.infer<typeof mailboxChange>
