import { z } from 'zod'
import { areaCode, country } from './numbering.ts'
import { plainName } from './plain-name.ts'
import { srtpUse } from './srtp.ts'

export const internalUse = z
  .enum(['ring', 'answer', 'ignore'])
  .describe(
    'Internal calls: `ring`: phones ring, the machine never answers; `answer`: as any other; `ignore`: no phone rings',
  )
export type InternalUse = z.infer<typeof internalUse>
const internalDigits = z
  .int()
  .min(0)
  .max(6)
  .describe('A caller is internal whose number has at most so many digits, or begins with **; 0: nobody is')

export const lineAccount = z.object({
  registrar: z
    .string()
    .max(300)
    .describe('Where the machine registers: sip:HOST[:PORT], with ;transport=tcp or tls if need be'),
  user: z.string().min(1).max(128).describe('Often the number'),
  authUser: z.string().min(1).max(128).nullable().describe('The user name for the login; null: `user`'),
  outboundProxy: z.string().max(300).nullable().describe('Where requests go first; null: to the registrar'),
  expirySeconds: z.int().min(60).max(86_400).describe('How long a registration is asked to last'),
})
export type LineAccount = z.infer<typeof lineAccount>

export const lineAccountChange = z
  .strictObject({
    ...lineAccount.shape,
    password: z.string().min(1).max(256).describe('Never shown again'),
  })
  .partial()
export type LineAccountChange = z.infer<typeof lineAccountChange>

export const registration = z.object({
  state: z
    .enum(['registering', 'registered', 'failing'])
    .describe('`failing`: it is lost, and tried again by itself'),
  since: z.iso.datetime(),
  server: z.string().nullable().describe('Where it lives, like `udp 192.0.2.7:5060`'),
  publicAddress: z
    .string()
    .nullable()
    .describe('The address at which it sees the machine, behind a NAT; null: its own'),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why the last try failed'),
  isPast: z
    .literal(true)
    .optional()
    .describe('By command only: the machine is not running, and this is how it stood'),
})
export type Registration = z.infer<typeof registration>

export const callOut = z.object({
  phones: z
    .array(plainName)
    .max(200)
    .nullable()
    .describe('Names of the phones that may, like kitchen or page-ada; null: all of its mailbox'),
  atOnce: z.int().min(1).max(1000).describe('Calls out at a time; default 4'),
  perHour: z.int().min(1).max(100_000).describe('Calls out in any hour; default 30'),
})
export type CallOut = z.infer<typeof callOut>

export const line = z.object({
  id: z.string(),
  name: z.string(),
  number: z.string().nullable(),
  trunk: z.array(z.string()),
  mailbox: z.string(),
  ringSeconds: z.int(),
  tollSaverSeconds: z
    .int()
    .nullable()
    .describe(
      'The ring time while new messages wait, where that is less; null: off. Callers can notice it: it tells them whether there are messages',
    ),
  callBack: z
    .string()
    .nullable()
    .describe(
      'SIP URI of the gateway through which phones call out; null: by the account, where `callOut` lets them',
    ),
  callOut: callOut
    .nullable()
    .describe('Who may call out through it, and how much. Null: nobody by its account, all by `callBack`'),
  srtp: srtpUse,
  internal: internalUse,
  internalDigits,
  country: country
    .nullable()
    .describe('Where it is: numbers are read as they are written there; null: not known'),
  areaCode: areaCode.nullable().describe('What local numbers lack; null: nothing is put before them'),
  trustVerstat: z
    .boolean()
    .describe(
      'What its provider says of a number (`verstat`) is believed: it has to remove what others write there',
    ),
  account: lineAccount.nullable().describe('Null: calls come from the trunk, and nothing registers'),
  registration: registration
    .nullable()
    .describe('Null: there is no account, or the machine has not run since'),
})
export type Line = z.infer<typeof line>

export const lineInput = z.strictObject({
  name: plainName,
  number: z.string().max(64).nullable().optional(),
  trunk: z
    .array(z.string())
    .optional()
    .describe(
      'Addresses or CIDR blocks that may call this line, besides the registrar; one at least without an account',
    ),
  mailbox: z.string().optional().describe('Default: a mailbox of the same name, made if needed'),
  ringSeconds: z.int().min(0).max(120).optional().describe('Default 18'),
  tollSaverSeconds: z.int().min(0).max(120).nullable().optional().describe('Default null'),
  callBack: z
    .string()
    .max(200)
    .nullable()
    .optional()
    .describe('SIP URI with a numeric host, like sip:192.0.2.7:5060; default null'),
  callOut: callOut
    .strict()
    .partial()
    .nullable()
    .optional()
    .describe(
      'An object, be it empty, lets phones call out, which costs money; what is left out stays as it is. Default null',
    ),
  srtp: srtpUse.optional(),
  internal: internalUse.optional(),
  internalDigits: internalDigits.optional(),
  country: country.nullable().optional(),
  areaCode: areaCode.nullable().optional(),
  trustVerstat: z.boolean().optional(),
  account: lineAccountChange
    .nullable()
    .optional()
    .describe(
      'What is left out stays as it is; null: no account. A new one needs registrar, user and password',
    ),
})
export type LineInput = z.infer<typeof lineInput>

export const lineChange = lineInput.partial()
export type LineChange = z.infer<typeof lineChange>
