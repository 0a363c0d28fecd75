import { AnswerphoneError } from '../../shared/errors.ts'
import type { MailAccount } from './account.ts'

/** What nodemailer says of a failure. */
interface Failure {
  readonly code?: string
  readonly message?: string
  /** The server's reply and its code (RFC 5321 §4.2). */
  readonly response?: string
  readonly responseCode?: number
  readonly cause?: unknown
}

const MOST_WORDS = 300

/** A failed sending in the words of our catalogue: what stood in the way, and the server's own words. */
export function explainMailFailure(
  thrown: unknown,
  { host, port, security }: Pick<MailAccount, 'host' | 'port' | 'security'>,
): AnswerphoneError {
  const { code = '', message = '', response, responseCode = 0 } = thrown as Failure
  const answer = plain(response ?? message)
  const error = (
    name: `AP_MAIL_${'LOGIN_REFUSED' | 'DEFERRED' | 'TOO_LARGE' | 'REFUSED' | 'TOO_SLOW' | 'UNSAFE' | 'UNREACHABLE'}`,
  ) => new AnswerphoneError(name, { host, port, answer }, { cause: thrown })

  // 454: the server can't check the login just now (RFC 4954 §6).
  if (code === 'EAUTH' && !isPassing(responseCode)) return error('AP_MAIL_LOGIN_REFUSED')
  if (isPassing(responseCode)) return error('AP_MAIL_DEFERRED')
  // Enhanced status 5.3.4 or code 552 (RFC 3463 §3.4, RFC 1870 §6.1); found by the SIZE that the server named, too.
  if (isTooLarge(responseCode, answer)) return error('AP_MAIL_TOO_LARGE')
  // 530: no login, where it wants one (RFC 4954 §6).
  if (responseCode === 530) return error('AP_MAIL_LOGIN_REFUSED')
  if (code === 'ETIMEDOUT') return error('AP_MAIL_TOO_SLOW')
  if (code === 'ETLS' || isTls(thrown as Failure, security)) return error('AP_MAIL_UNSAFE')
  if (responseCode >= 500 && code !== 'EPROTOCOL') return error('AP_MAIL_REFUSED')
  return error('AP_MAIL_UNREACHABLE')
}

const isPassing = (responseCode: number) => responseCode >= 400 && responseCode < 500

const isTooLarge = (responseCode: number, answer: string) =>
  responseCode === 552 || /\b5\.3\.4\b/.test(answer) || answer.startsWith('Message size larger than allowed')

/** The certificate is not good, or the other side speaks no TLS. */
function isTls({ code, message = '', cause }: Failure, security: MailAccount['security']): boolean {
  if (security === 'none' || code !== 'ESOCKET') return false
  return /certificate|self.signed|altname|SSL|TLS|wrong version number/i.test(
    `${message} ${cause instanceof Error ? cause.message : ''}`,
  )
}

/** On one line, not endless: it comes from outside, and goes to people. */
const plain = (text: string) =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_WORDS)
