import type { Effect, Fact } from './fact.ts'
import type { Closing, Leaving, Over, SubscriptionState } from './state.ts'

type Stepped = readonly [SubscriptionState, readonly Effect[]]

const FORGOTTEN: Stepped = [{ kind: 'over' }, [{ kind: 'forget' }]]

/** One step of a subscription that is over for our user: what is left is to say so to the subscriber. */
export function stepOver(state: Closing | Leaving | Over, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'subscribe': // RFC 6665 §4.2.1.1: a new one has to begin outside of this dialog.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'notified':
      if (state.kind === 'closing' && fact.outcome !== 'failed') return takeLeave(state)
      return state.kind === 'over' ? [state, []] : FORGOTTEN
    case 'close':
      return state.kind === 'over' ? [state, []] : FORGOTTEN
    default:
      return [state, []]
  }
}

/** RFC 6665 §4.2.2: the last NOTIFY says that it is. */
function takeLeave({ reason, makeBody }: Closing): Stepped {
  return [{ kind: 'leaving' }, [{ kind: 'notify', ending: reason, ...(makeBody && { makeBody }) }]]
}
