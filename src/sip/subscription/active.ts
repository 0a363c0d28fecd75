import type { TerminationReason } from '../endpoint.ts'
import type { Effect, Fact } from './fact.ts'
import type { Active, BodyMaker, SubscriptionState } from './state.ts'

type Stepped = readonly [SubscriptionState, readonly Effect[]]

/** One step of a subscription that stands. */
export function stepActive(state: Active, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'notify':
      return tell({ ...state, makeBody: fact.makeBody, due: true })
    case 'notify-again':
      return state.makeBody ? tell({ ...state, due: true }) : [state, []]
    case 'subscribe':
      return renew(state, fact.ask, fact.askedSeconds)
    case 'notified':
      switch (fact.outcome) {
        case 'taken':
          return tell({ ...state, way: 'free' })
        case 'postponed': // What could not be told is told later, as it will be then.
          return [
            { ...state, way: 'resting', due: true },
            [{ kind: 'set-timer', name: 'rest', delayMs: fact.delayMs }],
          ]
        case 'failed': // RFC 6665 §4.2.2: the subscription is removed.
          return over('failed')
      }
      break
    case 'timer':
      return fact.name === 'rest'
        ? tell({ ...state, way: 'free' })
        : finish(state, 'timeout', { kind: 'report-ended', why: 'expired' })
    case 'end': {
      const { reason, makeBody = state.makeBody } = fact
      return finish({ ...state, ...(makeBody && { makeBody }) }, reason)
    }
    case 'close':
      return over('failed')
    default:
      return [state, []]
  }
}

/** RFC 6665 §4.2.1.2, §4.4.1: a refresh, or with 0 the end. */
function renew(state: Active, ask: number, askedSeconds: number): Stepped {
  const seconds = Math.min(askedSeconds, state.limitSeconds)
  const granted: Effect = { kind: 'grant', ask, seconds }
  if (seconds === 0) {
    const [next, effects] = finish(state, 'timeout', { kind: 'report-ended', why: 'unsubscribed' })
    return [next, [granted, ...effects]]
  }
  return [
    state,
    [granted, { kind: 'set-timer', name: 'expire', delayMs: seconds * 1000 }, { kind: 'report-refreshed' }],
  ]
}

/** Tells the newest state, as soon as the way is free. */
function tell(state: Active): Stepped {
  const { makeBody } = state
  if (!state.due || state.way !== 'free' || !makeBody) return [state, []]
  return [{ ...state, due: false, way: 'taken' }, [{ kind: 'notify', makeBody }]]
}

/** Ends it with a last NOTIFY, which waits for one that is under way. */
function finish(state: Active, reason: TerminationReason, ...last: readonly Effect[]): Stepped {
  const body: { readonly makeBody?: BodyMaker } = state.makeBody ? { makeBody: state.makeBody } : {}
  if (state.way === 'taken') return [{ kind: 'closing', reason, ...body }, [{ kind: 'stop-timers' }, ...last]]
  return [
    { kind: 'leaving' },
    [{ kind: 'stop-timers' }, { kind: 'notify', ending: reason, ...body }, ...last],
  ]
}

function over(why: 'failed'): Stepped {
  return [{ kind: 'over' }, [{ kind: 'stop-timers' }, { kind: 'forget' }, { kind: 'report-ended', why }]]
}
