import { z } from 'zod'

/**
 * The contract of the HTTP API under /api/v1: schemas from which the routes are checked, the OpenAPI document is made
 * and the page takes its types. Instants are ISO 8601 in UTC, durations are ms. Nothing but zod is imported here.
 */

export const messageState = z.enum(['new', 'heard', 'trash'])

export const message = z.object({
  id: z.string(),
  callId: z.string(),
  mailbox: z.string().describe('Name of the mailbox'),
  line: z.string().describe('Name of the line'),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  durationMs: z.int(),
  state: messageState,
  heardAt: z.iso.datetime().nullable(),
  trashedAt: z.iso.datetime().nullable(),
  cutOff: z.boolean().describe('The recording was cut off: the machine stopped, or its disk was full'),
  note: z.string(),
  pickedUp: z
    .enum(['kept', 'asked'])
    .nullable()
    .describe('Somebody picked up while it was left: it is kept, or you are asked. Null: nobody did'),
  kind: z.enum(['message', 'conversation']).describe('conversation: what both said after the pick-up'),
})
export type Message = z.infer<typeof message>

export const messageChange = z
  .object({ state: z.enum(['new', 'heard']), note: z.string().max(2000), pickedUp: z.literal('kept') })
  .partial()
  .describe(
    'Mark as new or heard, set the note, or keep what was left before a pick-up. To trash, use DELETE.',
  )
export type MessageChange = z.infer<typeof messageChange>

export const messagePage = z.object({ messages: z.array(message), nextCursor: z.string().nullable() })
export type MessagePage = z.infer<typeof messagePage>

export const messageListQuery = z.object({
  q: z.string().max(200).optional().describe('Part of the number, the name or the note'),
  mailbox: z.string().optional(),
  state: z.string().optional().describe('new, heard, trash, or several with commas; default new,heard'),
  from: z.iso.datetime().optional(),
  before: z.iso.datetime().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type MessageListQuery = z.infer<typeof messageListQuery>

export const callPhase = z.enum(['ringing', 'greeting', 'recording', 'connected', 'closing'])
export const callOutcome = z.enum([
  'message',
  'hung-up',
  'abandoned',
  'refused',
  'picked-up',
  'failed',
  'interrupted',
])

export const liveCall = z.object({
  id: z.string(),
  line: z.string(),
  mailbox: z.string(),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  arrivedAt: z.iso.datetime(),
  phase: callPhase,
  answersAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  recordingSince: z.iso.datetime().nullable(),
  ringing: z.array(z.string()).describe('Names of the phones that ring'),
  listeners: z.array(z.object({ phone: z.string(), since: z.iso.datetime() })),
  pickedUpBy: z.string().nullable().describe('Name of the phone that picked up'),
  recording: z.boolean().describe('What is said now is recorded'),
})
export type LiveCall = z.infer<typeof liveCall>

export const pastCall = z.object({
  id: z.string(),
  line: z.string(),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  arrivedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  outcome: callOutcome.nullable(),
  messageId: z.string().nullable(),
})
export type PastCall = z.infer<typeof pastCall>

export const callPage = z.object({
  live: z.array(liveCall),
  past: z.array(pastCall),
  nextCursor: z.string().nullable(),
})
export type CallPage = z.infer<typeof callPage>

export const callListQuery = z.object({
  q: z.string().max(200).optional().describe("Part of the caller's number or name"),
  line: z.string().optional().describe('Name or id of a line'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type CallListQuery = z.infer<typeof callListQuery>

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
/** A name that people type into phones and command lines. */
const plainName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'use 1 to 64 letters, digits, dots, dashes or underscores')
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

export const afterPickUp = z.enum(['keep', 'discard', 'ask'])
export const mailbox = z.object({
  id: z.string(),
  name: z.string(),
  greeting: z.string().nullable().describe('Id of the greeting; null: the one that ships with Answerphone'),
  longestSeconds: z.int(),
  shortestSeconds: z.number(),
  silenceSeconds: z.int().describe('0: a message never ends by silence'),
  afterPickUp: afterPickUp.describe('What becomes of what was said before somebody picked up'),
  newMessages: z.int(),
  heardMessages: z.int(),
})
export type Mailbox = z.infer<typeof mailbox>
export const mailboxInput = z.object({
  name: plainName,
  greeting: z
    .string()
    .nullable()
    .optional()
    .describe('Name or id; null: the one that ships with Answerphone'),
  longestSeconds: z.int().min(5).max(3600).optional().describe('Default 180'),
  shortestSeconds: z.number().min(0).max(30).optional().describe('Default 1'),
  silenceSeconds: z.int().min(0).max(300).optional().describe('Default 0'),
  afterPickUp: afterPickUp.optional().describe('Default keep'),
})
export type MailboxInput = z.infer<typeof mailboxInput>
export const mailboxChange = mailboxInput.partial()
export type MailboxChange = z.infer<typeof mailboxChange>

export const phone = z.object({
  id: z.string(),
  name: z.string(),
  mailboxes: z.array(z.string()).describe('Names of the mailboxes for which it rings'),
  speaker: z.boolean().describe('It plays messages aloud while they are left'),
  speakerGainDb: z.number(),
  createdAt: z.iso.datetime(),
  hasRegistered: z.boolean().describe('It has been registered at least once'),
  devices: z
    .array(z.object({ userAgent: z.string(), address: z.string(), until: z.iso.datetime() }))
    .describe('Where it is registered now'),
})
export type Phone = z.infer<typeof phone>
export const phoneInput = z.object({
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

export const phoneSession = z.object({
  uri: z.string().describe("The phone's SIP address"),
  user: z.string().describe('The user name in its digest'),
  password: z.string().describe('For this page alone; keep it nowhere'),
  realm: z.string(),
  expiresAt: z.iso.datetime().describe('Ask again before: then it is refused'),
  websocket: z.string().describe('Where it connects, with the subprotocol sip'),
})
export type PhoneSession = z.infer<typeof phoneSession>

export const auditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  who: z.string().describe('phone:NAME, user:NAME, token:NAME, or console: the command line'),
  act: z.enum([
    'listened-in',
    'picked-up',
    'transferred',
    'answered-now',
    'hung-up',
    'blocked',
    'unblocked',
    'recorded-on',
    'played',
    'forwarded',
    'deleted',
    'restored',
    'purged',
  ]),
  callId: z.string().nullable(),
  messageId: z.string().nullable(),
  detail: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>
export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() })
export type AuditPage = z.infer<typeof auditPage>
export const auditListQuery = z.object({
  who: z.string().max(200).optional(),
  call: z.string().max(64).optional().describe('Id of a call'),
  message: z.string().max(64).optional().describe('Id of a message'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AuditListQuery = z.infer<typeof auditListQuery>

export const blockedNumber = z.object({
  number: z.string(),
  name: z.string().nullable(),
  at: z.iso.datetime(),
  by: z.string().describe('Who blocked it, as in the audit'),
})
export type BlockedNumber = z.infer<typeof blockedNumber>
export const blockedInput = z.object({
  number: z.string().regex(/^[^\p{C}]{1,64}$/u, 'write 1 to 64 characters'),
  name: z.string().max(200).nullable().optional(),
})
export type BlockedInput = z.infer<typeof blockedInput>

/** What an act on a call needs. */
export const pickUpInput = z.object({
  phone: z.string().max(64).optional().describe('Which phone to ring; default: all of the mailbox'),
})
export const listenInput = z.object({ phone: z.string().max(64).describe('Which phone to ring') })
export const recordInput = z.object({ on: z.boolean() })

export const greeting = z.object({
  id: z.string(),
  name: z.string(),
  durationMs: z.int(),
  createdAt: z.iso.datetime(),
})
export type Greeting = z.infer<typeof greeting>
export const greetingQuery = z.object({ name: z.string().min(1).max(64) })

export const user = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['owner', 'member']),
  createdAt: z.iso.datetime(),
})
export type User = z.infer<typeof user>
const password = z.string().min(10, 'use at least 10 characters').max(200)
export const userInput = z.object({
  name: z.string().min(1).max(64),
  password,
  role: user.shape.role.default('member'),
})
export type UserInput = z.input<typeof userInput>
export const userChange = z.object({ password })

export const token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Token = z.infer<typeof token>
export const tokenInput = z.object({ name: z.string().min(1).max(64) })
export const newToken = token.extend({
  secret: z.string().describe('The token itself: shown this once, kept only as a hash'),
})
export type NewToken = z.infer<typeof newToken>

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
  disk: z.object({ freeBytes: z.int(), totalBytes: z.int() }).nullable().describe('Of the data directory'),
})
export type About = z.infer<typeof about>

/** Events of GET /api/v1/events (SSE): `event:` is the kind, `data:` the JSON. After a reconnect, read the lists again. */
export const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call-changed'), call: liveCall }),
  z.object({
    kind: z.literal('call-ended'),
    callId: z.string(),
    outcome: callOutcome,
    messageId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('message-added'), message }),
  z.object({ kind: z.literal('messages-changed') }).describe('Some message changed: read the list again'),
  z.object({ kind: z.literal('health-changed'), health }),
])
export type ApiEvent = z.infer<typeof event>

/** First start: the one-time link carries `token`. */
export const setupInput = z.object({
  token: z.string(),
  name: z.string().min(1).max(64),
  password,
})
export const loginInput = z.object({ name: z.string().max(64), password: z.string().max(200) })
export const sessionInfo = z.object({
  user: user.nullable(),
  setupNeeded: z.boolean(),
  csrfToken: z.string().nullable(),
})
export type SessionInfo = z.infer<typeof sessionInfo>

/** The names under which the schemas stand in the OpenAPI document. */
export const schemas = {
  Message: message,
  MessageChange: messageChange,
  MessagePage: messagePage,
  LiveCall: liveCall,
  PastCall: pastCall,
  CallPage: callPage,
  Line: line,
  LineInput: lineInput,
  Mailbox: mailbox,
  MailboxInput: mailboxInput,
  Phone: phone,
  PhoneInput: phoneInput,
  SetUpPhone: setUpPhone,
  PhoneSession: phoneSession,
  AuditEntry: auditEntry,
  AuditPage: auditPage,
  BlockedNumber: blockedNumber,
  Greeting: greeting,
  User: user,
  UserInput: userInput,
  Token: token,
  NewToken: newToken,
  Problem: problem,
  Health: health,
  About: about,
  Event: event,
  SessionInfo: sessionInfo,
}
