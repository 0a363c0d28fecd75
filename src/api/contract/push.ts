import { z } from 'zod'

export const pushState = z.object({
  publicKey: z
    .string()
    .nullable()
    .describe('With which a browser subscribes (RFC 8292 §3.2). Null: notifications are switched off'),
  subscribed: z.boolean().describe('Whether this session is told'),
})
export type PushState = z.infer<typeof pushState>

const base64url = (bytes: number) =>
  z.base64url().refine((text) => Math.floor((text.replace(/={0,2}$/, '').length * 3) / 4) === bytes, {
    error: `has to be ${bytes} bytes in base64url`,
  })

/** What a browser's PushSubscription is as JSON, and in which language it is told. */
export const pushSubscriptionInput = z.strictObject({
  endpoint: z.url().max(1000),
  expirationTime: z.number().nullable().optional().describe('Browsers say it; the push service does, too'),
  keys: z.strictObject({ p256dh: base64url(65), auth: base64url(16) }),
  language: z.enum(['en', 'de']).default('en'),
})
export type PushSubscriptionInput = z.input<typeof pushSubscriptionInput>

const about = {
  callerName: z.string().nullable(),
  callerNumber: z.string().nullable(),
  line: z.string(),
  callId: z.string(),
}
const language = z.string()

/** What comes by Web Push, encrypted (RFC 8291), for the page's service worker. */
export const pushedNews = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ringing'),
    ...about,
    answersAt: z.iso.datetime().nullable().describe('Null: the machine will not answer'),
    saidName: z
      .object({ words: z.string().nullable().describe('As it was written down; null: it was not') })
      .optional()
      .describe('The caller has said a name at a gate: it can be heard on the call’s card'),
    language,
  }),
  z.object({ kind: z.enum(['taken', 'missed']), ...about, language }),
  z.object({
    kind: z.literal('message'),
    ...about,
    messageId: z.string(),
    durationMs: z.int(),
    quiet: z.boolean().optional().describe('It is to make no sound'),
    said: z.string().default('').describe('What was said, or how it begins'),
    language,
  }),
  z.object({
    kind: z.literal('pin-locked'),
    mailbox: z.string(),
    callerName: z.string().nullable(),
    callerNumber: z.string().nullable(),
    until: z.iso.datetime(),
    quiet: z.boolean().optional(),
    language,
  }),
  z.object({
    kind: z.literal('filling'),
    mailbox: z.string().nullable().describe('Null: it is the disk'),
    percent: z.int(),
    quiet: z.boolean().optional(),
    language,
  }),
  z.object({ kind: z.literal('test'), language }),
])
export type PushedNews = z.infer<typeof pushedNews>
