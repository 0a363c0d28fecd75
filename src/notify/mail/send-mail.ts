import { AnswerphoneError } from '../../shared/errors.ts'
import type { MailAccount } from './account.ts'
import { explainMailFailure } from './explain-mail-failure.ts'
import type { Letter } from './letter.ts'
import { mailOf } from './letter-source.ts'

/**
 * Hands a letter to the account's server; resolves to the server's answer. Rejects with AP_MAIL_*.
 *
 * @param signal gives up: the connection is closed, and the server drops what it has not had whole
 */
export type SendMail = (account: MailAccount, letter: Letter, signal: AbortSignal) => Promise<string>

const CONNECT_MS = 20_000
const GREETING_MS = 20_000
/** Without a byte from the server. RFC 5321 §4.5.3.2 allows it more after the whole mail; no submission server needs it. */
const SILENCE_MS = 60_000

/**
 * What base64 with its line ends makes of a file (RFC 2045 §6.8), and a little for the words: servers that name a limit
 * refuse before we send (RFC 1870).
 */
const sizeOf = ({ text, html, attachment }: Letter) =>
  Math.ceil(((attachment?.bytes ?? 0) * 78) / 57) + 2 * (text.length + html.length) + 4096

/** Sends by SMTP (RFC 5321, RFC 6409), one connection a mail: they are few. */
export const sendMail: SendMail = async (account, letter, signal) => {
  const { host, port, security, user, password, from } = account
  // Loaded when the first mail goes: most machines send none.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    disableUrlAccess: true,
  })
  try {
    const { response } = await transport.sendMail({
      ...mailOf(letter, from),
      envelope: { from, to: [letter.to], size: sizeOf(letter) },
      signal,
    })
    return response
  } catch (error) {
    if (signal.aborted) throw new AnswerphoneError('AP_MAIL_TOO_SLOW', { host }, { cause: error })
    throw explainMailFailure(error, account)
  } finally {
    transport.close()
  }
}
