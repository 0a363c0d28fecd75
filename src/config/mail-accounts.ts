import { join } from 'node:path'
import { z } from 'zod'
import {
  baresPassword,
  givenMailAccount,
  MAIL_PORTS,
  type MailAccount,
  type MailAccounts,
  mailAccountIn,
} from '../notify/mail/account.ts'
import { AnswerphoneError } from '../shared/errors.ts'

const PREFIX = 'ANSWERPHONE_SMTP_'

/** What stands behind the prefix, and what it must look like. */
const VARIABLES = z.strictObject({
  HOST: z.string().regex(/^[\p{L}\p{N}._:-]{1,253}$/u, 'is the name or address of the mail server'),
  PORT: z.coerce.number('is a port').int('is a port').min(1, 'is a port').max(65_535, 'is a port').optional(),
  SECURITY: z.enum(['starttls', 'tls', 'none'], 'is starttls, tls or none').default('starttls'),
  USER: z.string().optional(),
  PASSWORD: z.string().optional(),
  FROM: z.email('is the mail address that mails come from'),
  ALERT_TO: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(z.array(z.email('is mail addresses, with commas between them')))
    .optional(),
  PAGE_URL: z.url({ protocol: /^https?$/, error: 'is the address of the page' }).optional(),
  LANGUAGE: z.enum(['en', 'de'], 'is en or de').default('en'),
  FORMAT: z.enum(['mp3', 'opus', 'wav'], 'is mp3, opus or wav').default('mp3'),
})

/**
 * The mail account: what the environment gives (all of it, so that a password never goes to another server than it was
 * given with), or else what is kept in the data directory. Throws AP_CONFIG_INVALID, naming the variable.
 */
export function mailAccountsOf(data: string, env: NodeJS.ProcessEnv): MailAccounts {
  const given = Object.entries(env).filter(([name, value]) => name.startsWith(PREFIX) && value !== '')
  if (given.length === 0) return mailAccountIn(join(data, 'secrets', 'mail.json'))
  return givenMailAccount(
    readAccount(Object.fromEntries(given.map(([name, value]) => [name.slice(PREFIX.length), value]))),
  )
}

function readAccount(given: object): MailAccount {
  const result = VARIABLES.safeParse(given)
  if (!result.success) {
    const [issue] = result.error.issues
    if (issue?.code === 'unrecognized_keys') throw invalid(issue.keys[0], 'is no variable of Answerphone')
    throw invalid(String(issue?.path[0]), issue?.message ?? '')
  }
  const { HOST, PORT, SECURITY, USER, PASSWORD, FROM, ALERT_TO, PAGE_URL, LANGUAGE, FORMAT } = result.data
  const account: MailAccount = {
    host: HOST,
    port: PORT ?? MAIL_PORTS[SECURITY],
    security: SECURITY,
    user: USER ?? null,
    password: PASSWORD ?? null,
    from: FROM,
    ...(ALERT_TO && { alertTo: ALERT_TO }),
    pageUrl: PAGE_URL ?? null,
    language: LANGUAGE,
    format: FORMAT,
  }
  if (baresPassword(account)) throw invalid('SECURITY', 'must be starttls or tls where a password is given')
  return account
}

const invalid = (name: string | undefined, why: string) =>
  new AnswerphoneError('AP_CONFIG_INVALID', { where: `${PREFIX}${name}`, why: `this ${why}` })
