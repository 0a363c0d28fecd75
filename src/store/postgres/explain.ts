import { AnswerphoneError } from '../../shared/errors.ts'
import { ConstraintViolation } from '../engine.ts'

/** SQLSTATE codes (PostgreSQL manual, appendix A) and Node's socket errors in terms of the catalogue. */
export function explainPostgresError(error: unknown, server: string): unknown {
  if (!(error instanceof Error) || error instanceof AnswerphoneError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const say = (catalogued: 'AP_STORE_LOCKED' | 'AP_STORE_FULL' | 'AP_STORE_READ_ONLY' | 'AP_STORE_CORRUPT') =>
    new AnswerphoneError(catalogued, { file: server }, { cause: error })

  if (code === '23505') return new ConstraintViolation('unique', error)
  if (code === '23503') return new ConstraintViolation('foreign-key', error)
  if (code === '55P03' || code === DEADLOCK) return say('AP_STORE_LOCKED')
  if (code === '53100') return say('AP_STORE_FULL')
  if (code === '25006') return say('AP_STORE_READ_ONLY')
  if (code === 'XX001' || code === 'XX002') return say('AP_STORE_CORRUPT')
  if (isUnreachable(code, error.message))
    return new AnswerphoneError(
      'AP_STORE_UNREACHABLE',
      { server, why: error.message || code },
      { cause: error },
    )
  return error
}

const DEADLOCK = '40P01'

export const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DEADLOCK

/** Connection exceptions (08…), wrong credentials (28…), no such database, too many clients, shutting down; sockets. */
function isUnreachable(code: string, message: string): boolean {
  if (/^(08|28|57P)/.test(code) || code === '3D000' || code === '53300') return true
  if (/^E[A-Z_]+$/.test(code)) return true
  // What pg throws itself has no code.
  return (
    code === '' &&
    /connection (terminated|ended)|connect timeout|timeout exceeded|not queryable/i.test(message)
  )
}
