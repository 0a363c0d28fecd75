import { unreachable } from '../../shared/step.ts'
import type { SipTimers } from '../transaction/timers.ts'
import { stepAccepted } from './accepted.ts'
import { stepCalling } from './calling.ts'
import { stepConfirmed } from './confirmed.ts'
import type { Effect, Fact } from './fact.ts'
import { end, stepOver } from './over.ts'
import { stepProceeding } from './proceeding.ts'
import type { InviteState } from './state.ts'

/**
 * The machine of one INVITE and its dialog. Which state it begins in makes it the side that was called or the caller:
 *
 * ```
 *   INVITE came:  proceeding ── accept ──▶ accepted ── ACK ──▶ confirmed
 *                     │ reject, CANCEL        │ BYE, no ACK        │ BYE, expiry
 *                     ▼                       ▼                    ▼
 *                   over ◀──────────────────  over  ◀────────────  over
 *   INVITE sent:  calling ── 2xx ──▶ confirmed
 * ```
 *
 * It reports `ended` exactly once, on the way into `over`, with every timer stopped.
 */
export function stepInvite(
  state: InviteState,
  fact: Fact,
  times: SipTimers,
): readonly [InviteState, readonly Effect[]] {
  if (fact.kind === 'close' && state.kind !== 'over') return end({ reason: 'transport-failed' })
  switch (state.kind) {
    case 'proceeding':
      return stepProceeding(state, fact, times)
    case 'accepted':
      return stepAccepted(state, fact, times)
    case 'calling':
      return stepCalling(state, fact)
    case 'confirmed':
      return stepConfirmed(state, fact, times)
    case 'over':
      return stepOver(state, fact)
    default:
      return unreachable(state)
  }
}
