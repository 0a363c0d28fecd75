import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { networkOf } from '../../shared/network-of.ts'
import { createThrottle } from '../../shared/throttle.ts'

/** Guards what can be guessed: passwords and one-time links. */
export interface LoginThrottle {
  /**
   * Runs a try that resolves to undefined when it failed. Rejects with AP_TOO_MANY_ATTEMPTS when this source has to
   * wait. An account that is under attack from elsewhere makes the answer late, at most two seconds, and refuses
   * nobody: a stranger can't lock the owner out.
   */
  attempt<Result>(
    source: string,
    account: string,
    judge: () => Promise<Result | undefined>,
  ): Promise<Result | undefined>
}

const MINUTE_MS = 60_000

export function createLoginThrottle(clock: Clock): LoginThrottle {
  const sources = createThrottle({
    clock,
    freeTries: 5,
    firstWaitMs: 1000,
    longestWaitMs: 15 * MINUTE_MS,
    forgetAfterMs: 60 * MINUTE_MS,
  })
  const accounts = createThrottle({
    clock,
    freeTries: 20,
    firstWaitMs: 250,
    longestWaitMs: 2000,
    forgetAfterMs: 60 * MINUTE_MS,
  })

  return {
    async attempt(source, account, judge) {
      const network = networkOf(source)
      const ofSource = sources.charge(network)
      if (ofSource.waitMs > 0)
        throw new AnswerphoneError('AP_TOO_MANY_ATTEMPTS', { seconds: Math.ceil(ofSource.waitMs / 1000) })
      const ofAccount = accounts.charge(account)
      const lateMs = ofAccount.waitMs
      if (lateMs > 0) await new Promise<void>((resolve) => clock.setTimer(lateMs, resolve))
      const result = await judge()
      if (result !== undefined) {
        ofSource.forgive()
        ofAccount.forgive()
      }
      return result
    },
  }
}
