import { unreachable } from '../../shared/step.ts'
import type { SipTimers } from '../transaction/timers.ts'
import { stepActive } from './active.ts'
import type { Effect, Fact } from './fact.ts'
import { stepOver } from './over.ts'
import type { Asked, Fetching, SubscriptionState } from './state.ts'

type Stepped = readonly [SubscriptionState, readonly Effect[]]

/**
 * The machine of one subscription, on the notifier's side (RFC 6665 §4.2):
 *
 * ```
 *   SUBSCRIBE came:  asked ── accept ──▶ active ── Expires 0, expiry, end ──▶ (closing ──▶) leaving ──▶ over
 *                      │ │ accept a fetch    │ a NOTIFY failed                    ▲
 *               reject │ └──▶ fetching ──────┼── notify ──────────────────────────┘
 *                      ▼                     ▼
 *                    over                  over
 * ```
 *
 * One NOTIFY is under way at a time. It reports its end at most once, and not where the user himself ended it; no timer
 * survives that.
 */
export function stepSubscription(state: SubscriptionState, fact: Fact, times: SipTimers): Stepped {
  switch (state.kind) {
    case 'asked':
      return stepAsked(state, fact, times)
    case 'fetching':
      return stepFetching(state, fact)
    case 'active':
      return stepActive(state, fact)
    case 'closing':
    case 'leaving':
    case 'over':
      return stepOver(state, fact)
    default:
      return unreachable(state)
  }
}

function stepAsked(state: Asked, fact: Fact, times: SipTimers): Stepped {
  const { ask, askedSeconds } = state
  switch (fact.kind) {
    case 'accept': {
      // RFC 6665 §4.2.1.1: it may be made shorter, never longer.
      const seconds = Math.min(askedSeconds, fact.limitSeconds)
      const granted: Effect = { kind: 'grant', ask, seconds }
      if (seconds === 0) {
        const patience: Effect = {
          kind: 'set-timer',
          name: 'expire',
          delayMs: 64 * times.t1Ms,
        }
        return [{ kind: 'fetching' }, [granted, patience]]
      }
      return [
        { kind: 'active', limitSeconds: fact.limitSeconds, way: 'free', due: false },
        [granted, { kind: 'set-timer', name: 'expire', delayMs: seconds * 1000 }],
      ]
    }
    case 'reject':
      return [
        { kind: 'over' },
        [{ kind: 'respond', ask, status: fact.status, headers: fact.headers }, { kind: 'forget' }],
      ]
    case 'end': // Ended before it began.
      return [{ kind: 'over' }, [{ kind: 'respond', ask, status: 480 }, { kind: 'forget' }]]
    case 'subscribe': // There is no dialog yet in which it could have come.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'close':
      return [{ kind: 'over' }, [{ kind: 'forget' }, { kind: 'report-ended', why: 'failed' }]]
    default:
      return [state, []]
  }
}

/** RFC 6665 §4.4.3: the state once, and the end with it. */
function stepFetching(state: Fetching, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'notify':
      return [
        { kind: 'leaving' },
        [
          { kind: 'stop-timers' },
          { kind: 'notify', makeBody: fact.makeBody, ending: 'timeout' },
          { kind: 'report-ended', why: 'unsubscribed' },
        ],
      ]
    case 'end': {
      const { reason, makeBody } = fact
      return [
        { kind: 'leaving' },
        [{ kind: 'stop-timers' }, { kind: 'notify', ending: reason, ...(makeBody && { makeBody }) }],
      ]
    }
    case 'timer':
      return [
        { kind: 'leaving' },
        [
          { kind: 'notify', ending: 'timeout' },
          { kind: 'report-ended', why: 'unsubscribed' },
        ],
      ]
    case 'subscribe':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'close':
      return [
        { kind: 'over' },
        [{ kind: 'stop-timers' }, { kind: 'forget' }, { kind: 'report-ended', why: 'failed' }],
      ]
    default:
      return [state, []]
  }
}
