import { confirm } from './confirmed.ts'
import type { Effect, Fact, HeaderList } from './fact.ts'
import { takeInfo } from './info.ts'
import { bye, end } from './over.ts'
import type { Calling, InviteState } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]

/** One step of an INVITE of ours that has had no final response (RFC 3261 §13.2). */
export function stepCalling(state: Calling, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'progress': {
      if (state.wish !== 'connect') return [state, []]
      const { status, body } = fact
      return [
        state,
        [
          {
            kind: 'report',
            report: body ? { kind: 'progress', status, body } : { kind: 'progress', status },
          },
        ],
      ]
    }
    case 'answered': {
      // RFC 3261 §9.1: the 200 crossed our CANCEL, so there is a dialog, and BYE ends it.
      if (state.wish === 'cancel') return end({ reason: 'local-bye' }, { kind: 'ack' }, bye())
      const { body } = fact
      const [next, effects] = confirm(fact, body ? { kind: 'confirmed', body } : { kind: 'confirmed' })
      return [next, [{ kind: 'ack' }, ...effects]]
    }
    case 'refused':
      return end({ reason: state.wish === 'connect' ? 'rejected' : 'cancelled', status: fact.status })
    case 'unanswered': // RFC 3261 §8.1.3.1: as if 408 had come.
      return end({ reason: state.wish === 'connect' ? 'transport-failed' : 'cancelled', status: 408 })
    case 'cut-off': // The CANCEL goes nowhere, but bounds the wait for a final response (RFC 3261 §9.1).
      return end({ reason: 'transport-failed', status: 503 }, ...cancelled(state))
    case 'transport-failed': // RFC 3261 §8.1.3.1: as if 503 had come.
      return end({ reason: 'transport-failed', status: 503 })
    case 'hang-up':
      return [{ ...state, wish: 'cancel' }, cancelled(state, fact.headers)]
    case 'withdraw':
      if (state.wish !== 'connect') return [state, []]
      return [{ ...state, wish: 'withdraw' }, [{ kind: 'cancel', headers: fact.headers }]]
    case 'info':
      return [state, takeInfo(fact)]
    case 'update': // RFC 3311 §5.2: our offer in the INVITE has no answer yet.
      return [state, [{ kind: 'respond', ask: fact.ask, status: fact.body ? 491 : 200 }]]
    case 'reinvite': // RFC 3261 §14.2
      return [state, [{ kind: 'respond', ask: fact.ask, status: 491 }]]
    case 'bye': // RFC 3261 §15: the called side must not send BYE in an early dialog; the INVITE's own end will come.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 200 }]]
    case 'prack':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'refer': // RFC 5589 §6: nobody transfers a call that is not there yet.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 403 }]]
    case 'refer-subscribe':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    default:
      return [state, []]
  }
}

/** The CANCEL, unless it is out already. */
function cancelled({ wish }: Calling, headers: HeaderList = []): readonly Effect[] {
  return wish === 'connect' ? [{ kind: 'cancel', headers }] : []
}
