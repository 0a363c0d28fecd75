import { z } from 'zod'
import { audioFormat } from './messages.ts'
import { fill } from './storage.ts'

/** One address, without a name and without a list: nothing in it can become a second recipient or a header. */
export const mailAddress = z
  .email({ error: ({ input }) => `"${input}" is no mail address. Write it like ruth@example.org` })
  .max(254)

export const mailSecurity = z
  .enum(['starttls', 'tls', 'none'])
  .describe(
    'starttls: made safe before anything is said (port 587). tls: from the start (465). none: in the clear',
  )

const pageUrl = z
  .url({ protocol: /^https?$/, error: ({ input }) => `"${input}" is no address of a page` })
  .max(200)

export const mailAccount = z.object({
  host: z.string(),
  port: z.int(),
  security: mailSecurity,
  user: z.string().nullable().describe('Null: no login'),
  hasPassword: z.boolean().describe('The password itself is never shown'),
  from: z.string(),
  alertTo: z.array(z.string()).describe('Who is told when a line is lost and when it is back; empty: `from`'),
  pageUrl: z.string().nullable().describe('Where recipients find the page; null: mails have no link'),
  language: z.enum(['en', 'de']),
  format: audioFormat.describe('What recordings are attached as'),
})
export type MailAccount = z.infer<typeof mailAccount>

export const mailSettings = z.object({
  account: mailAccount.nullable().describe('Null: no mail server is set up'),
  isGiven: z.boolean().describe('It comes from the environment, and is changed there'),
})
export type MailSettings = z.infer<typeof mailSettings>

export const mailSettingsChange = z
  .strictObject({
    host: z.string().regex(/^[\p{L}\p{N}._:-]{1,253}$/u, {
      error: ({ input }) => `"${input}" is no name or address of a server`,
    }),
    port: z.int().min(1).max(65_535).describe('Default 587, 465 with tls, 25 with none'),
    security: mailSecurity,
    user: z.string().max(200).nullable(),
    password: z.string().max(500).nullable(),
    from: mailAddress,
    alertTo: z.array(mailAddress).max(10),
    pageUrl: pageUrl.nullable(),
    language: z.enum(['en', 'de']),
    format: audioFormat,
  })
  .partial()
  .describe('The first time host and from are needed. Another host needs the password again')
export type MailSettingsChange = z.input<typeof mailSettingsChange>

export const mailTest = z.strictObject({ to: mailAddress })
export const mailTestResult = z.object({ answer: z.string().describe("The server's own words") })
export type MailTestResult = z.infer<typeof mailTestResult>

export const mail = z.object({
  id: z.string(),
  messageId: z
    .string()
    .nullable()
    .describe('The message that it brings; null: it tells of a line, a lock, or of what fills up'),
  lineNews: z
    .object({
      state: z.enum(['lost', 'back']),
      line: z.string().describe('Its name'),
      since: z.iso.datetime().describe('Since when it was lost'),
    })
    .nullable(),
  lockNews: z
    .object({
      mailbox: z.string().describe('Its name'),
      callerNumber: z.string().nullable().describe('Who typed the last wrong PIN; null: withheld'),
      until: z.iso.datetime().describe('So long no PIN is taken'),
    })
    .nullable(),
  fillNews: fill.nullable(),
  to: z.string(),
  format: audioFormat,
  note: z.string(),
  by: z.string().describe('Who forwarded it, as in the audit; machine: the mailbox mails every message'),
  state: z.enum(['waiting', 'sent', 'failed']),
  createdAt: z.iso.datetime(),
  tries: z.int(),
  nextAt: z.iso.datetime().nullable().describe('When it is tried next; null once it is over'),
  endedAt: z.iso.datetime().nullable(),
  problem: z
    .object({ code: z.string(), detail: z.string().describe("The server's own words, where it said any") })
    .nullable()
    .describe('Why the last try failed'),
})
export type Mail = z.infer<typeof mail>

export const mailPage = z.object({ mails: z.array(mail), nextCursor: z.string().nullable() })
export type MailPage = z.infer<typeof mailPage>

export const mailListQuery = z.object({
  state: mail.shape.state.optional(),
  message: z.string().max(64).optional().describe('Id of a message'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type MailListQuery = z.infer<typeof mailListQuery>
