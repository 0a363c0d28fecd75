import { RequestError } from '../api/request.ts'
import { words } from '../i18n/words.ts'
import { loseSession } from './session.ts'
import { showToast } from './toasts.ts'

/** Tells the owner what went wrong: in the server's words, which say what to do. */
export function reportFailure(error: unknown): void {
  if (!(error instanceof RequestError)) throw error
  if (error.status === 401) loseSession()
  else if (error.code !== 'offline') showToast({ text: error.message, tone: 'failed' })
  else showToast({ text: words.value.failures.offline, tone: 'failed' })
}
