import { z } from 'zod'
import { pastCall } from './calls.ts'
import { message } from './messages.ts'
import { plainName } from './plain-name.ts'
import { weekday } from './schedule.ts'

export const targetEvent = z.enum([
  'message-new',
  'message-transcribed',
  'message-heard',
  'message-deleted',
  'call-arrived',
  'call-ended',
  'line-lost',
  'line-back',
  'pin-locked',
  'mailbox-filling',
  'mailbox-full',
  'storage-filling',
  'storage-full',
  'storage-free',
])
export type TargetEvent = z.infer<typeof targetEvent>

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: ({ input }) => `"${input}" is no time of day. Write it like 22:00`,
})

export const quietHours = z
  .strictObject({ days: z.array(weekday).min(1).max(7), from: timeOfDay, to: timeOfDay })
  .describe(
    "Hours of some days of each week, in the machine's time zone; past midnight where `to` is not after `from`",
  )
export type QuietHours = z.infer<typeof quietHours>

const url = z
  .url({ protocol: /^https?$/, error: ({ input }) => `"${input}" is no http or https address` })
  .max(1000)

/** What is shown in place of the query of an address. */
export const HIDDEN_QUERY = '?…'

export const ntfySettings = z.object({
  priority: z.int().min(1).max(5).describe('1: without a sound, 3: as always, 5: as loud as can be'),
  click: url.nullable().describe('Where a tap leads; null: nowhere'),
  attach: z.boolean().describe('Sends the recording along, by the server of the topic'),
  language: z.enum(['en', 'de']),
})

export const target = z.object({
  id: z.string(),
  kind: z.enum(['webhook', 'ntfy']),
  name: z.string(),
  url: z.string().describe('Its query may be a secret: `?…` is shown for it'),
  hasSecret: z
    .boolean()
    .describe('What signs a webhook, or lets into a topic, is shown only when it is made'),
  events: z.array(targetEvent),
  enabled: z.boolean(),
  ntfy: ntfySettings.nullable(),
  quiet: z
    .array(quietHours)
    .nullable()
    .describe('When nothing is sent to it; null: a topic heeds the quiet hours of the house, a webhook none'),
  createdAt: z.iso.datetime(),
  lastTriedAt: z.iso.datetime().nullable(),
  lastProblem: z.string().describe('What stood in the way the last time; empty: nothing'),
  waiting: z.int().describe('How many events wait for it'),
  dead: z.int().describe('How many were given up'),
})
export type Target = z.infer<typeof target>

export const newTarget = target.extend({
  secret: z.string().nullable().describe('Of a webhook, this once: what its receiver checks signatures with'),
})
export type NewTarget = z.infer<typeof newTarget>

/** An address that the machine is to call. */
export const targetUrl = url
  .refine((text) => {
    const { username, password } = URL.parse(text) ?? {}
    return !username && !password
  }, 'leave user and password out of the address: it would not be called')
  .refine(
    (text) => !text.endsWith(HIDDEN_QUERY),
    'write the whole address: what stands behind its ? is not shown, but kept',
  )

const fields = {
  name: plainName,
  url: targetUrl,
  secret: z
    .string()
    .max(500)
    .describe(
      'Of a webhook: `whsec_` and 24 to 64 bytes in base64, made where none is given. Of a topic: its access token',
    ),
  events: z
    .array(targetEvent)
    .min(1)
    .describe('Default: all; for a topic the new messages and lines that are lost'),
  enabled: z.boolean(),
  ntfy: ntfySettings.strict().partial(),
  quiet: z.array(quietHours).max(20).nullable(),
}

export const targetInput = z
  .strictObject({ ...fields, kind: z.enum(['webhook', 'ntfy']) })
  .partial({ secret: true, events: true, enabled: true, ntfy: true, quiet: true })
export type TargetInput = z.input<typeof targetInput>

export const targetChange = z.strictObject({ ...fields, secret: fields.secret.nullable() }).partial()
export type TargetChange = z.input<typeof targetChange>

export const targetTest = z.object({
  taken: z.boolean(),
  why: z.string().describe('What stood in the way; empty where it was taken'),
})
export type TargetTest = z.infer<typeof targetTest>

export const delivery = z.object({
  id: z.string().describe('The webhook-id'),
  target: z.string().describe('Name of the target'),
  event: targetEvent,
  at: z.iso.datetime(),
  state: z.enum(['waiting', 'dead']),
  attempts: z.int(),
  nextTryAt: z.iso.datetime().nullable(),
  problem: z.string(),
  endedAt: z.iso.datetime().nullable().describe('When it was given up'),
})
export type Delivery = z.infer<typeof delivery>

export const deliveryQuery = z.object({
  state: z.enum(['waiting', 'dead']).optional(),
  target: z.string().max(64).optional().describe('Name or id of a target'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type DeliveryQuery = z.infer<typeof deliveryQuery>

export const sentAgain = z.object({ count: z.int() })

/** What a webhook gets, as it was when it was first seen. Version 1: fields may be added, none changes or goes. */
const told = { version: z.literal(1), id: z.string().describe('The webhook-id'), timestamp: z.iso.datetime() }
const line = z.object({
  name: z.string(),
  since: z.iso.datetime().describe('Since when it was lost'),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
const lock = z.object({
  mailbox: z.string().describe('Its name'),
  callerNumber: z.string().nullable().describe('Who typed the last wrong PIN; null: withheld'),
  until: z.iso.datetime().describe('So long no PIN is taken, not even the right one'),
})
const fill = z.object({
  mailbox: z.string().nullable().describe('Its name; null: it is the disk'),
  percent: z.int().describe('Of its quota, or of the room that the disk has for recordings'),
})
export const webhookBody = z.discriminatedUnion('type', [
  z.object({
    ...told,
    type: z.enum(['message-new', 'message-transcribed', 'message-heard', 'message-deleted']),
    data: z.object({ message: message.nullable().describe('Null: it was removed for good meanwhile') }),
  }),
  z.object({
    ...told,
    type: z.enum(['call-arrived', 'call-ended']),
    data: z.object({ call: pastCall.nullable().describe('Null: it was removed meanwhile') }),
  }),
  z.object({ ...told, type: z.enum(['line-lost', 'line-back']), data: z.object({ line }) }),
  z.object({ ...told, type: z.literal('pin-locked'), data: z.object({ lock }) }),
  z.object({
    ...told,
    type: z.enum(['mailbox-filling', 'mailbox-full', 'storage-filling']),
    data: z.object({ fill }),
  }),
  z.object({
    ...told,
    type: z.enum(['storage-full', 'storage-free']),
    data: z.object({ problems: z.array(z.object({ code: z.string(), message: z.string() })) }),
  }),
  z.object({ ...told, type: z.literal('test'), data: z.object({}) }).describe('Asked for by its owner'),
])
export type WebhookBody = z.infer<typeof webhookBody>
