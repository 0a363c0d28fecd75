import type { AnswerphoneError, ErrorCode } from '../../shared/errors.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long after a failure a mail is tried again: for more than three days, as mail servers do (RFC 5321 §4.5.4.1). */
const PAUSES_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  ...Array<number>(8).fill(8 * HOUR_MS),
]

/** Trying again changes nothing: the mail itself is refused, or there is nothing to send any more. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'AP_MAIL_REFUSED',
  'AP_MAIL_TOO_LARGE',
  'AP_NOT_FOUND',
  'AP_RECORDING_MISSING',
])

/** It is the server or the account that is in the way, and would be in that of the next mail. */
const OF_THE_SERVER: ReadonlySet<ErrorCode> = new Set([
  'AP_MAIL_NOT_SET_UP',
  'AP_MAIL_UNREACHABLE',
  'AP_MAIL_UNSAFE',
  'AP_MAIL_LOGIN_REFUSED',
  'AP_MAIL_TOO_SLOW',
])

/** After how many ms a mail is tried again that has been tried so often; undefined: never. */
export function nextTry(tries: number, { code }: Pick<AnswerphoneError, 'code'>): number | undefined {
  return FINAL.has(code) ? undefined : PAUSES_MS[tries - 1]
}

const REST_MS = 15_000

/** How long no other mail is tried either, in ms. */
export function restAfter({ code }: Pick<AnswerphoneError, 'code'>): number {
  return OF_THE_SERVER.has(code) ? REST_MS : 0
}
