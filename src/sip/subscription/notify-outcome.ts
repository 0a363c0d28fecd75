import type { ClientTransactionEvents, ReceivedResponse } from '../transaction/layer.ts'
import type { NotifyOutcome } from './fact.ts'

/** Nobody keeps us from telling for longer than this, in seconds. */
const LONGEST_REST_SECONDS = 600

/** What becomes of a NOTIFY (RFC 6665 §4.2.2), told once. */
export function notifyEvents(onOutcome: (outcome: NotifyOutcome) => void): ClientTransactionEvents {
  const onLost = () => onOutcome({ outcome: 'failed' })
  return {
    onProvisional: () => {},
    onFinal: (response) => onOutcome(outcomeOf(response)),
    onTimeout: onLost,
    onFailed: onLost,
  }
}

/** A refusal removes the subscription, unless it says when to come again. 481 says that there is no subscription at all. */
function outcomeOf({ status, headers }: ReceivedResponse): NotifyOutcome {
  if (status < 300) return { outcome: 'taken' }
  // RFC 3261 §20.33: a comment and parameters may follow.
  const seconds = /^\d+/.exec(headers.first('Retry-After') ?? '')?.[0]
  if (status === 481 || seconds === undefined) return { outcome: 'failed' }
  return { outcome: 'postponed', delayMs: Math.min(Number(seconds), LONGEST_REST_SECONDS) * 1000 }
}
