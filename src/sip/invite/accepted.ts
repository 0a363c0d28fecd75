import type { Body } from '../endpoint.ts'
import type { SipTimers } from '../transaction/timers.ts'
import { confirm } from './confirmed.ts'
import type { Effect, Fact } from './fact.ts'
import { takeInfo } from './info.ts'
import { bye, end } from './over.ts'
import type { Accepted, InviteState, Proceeding } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]

/** Answers the call: 200, which is sent again until its ACK comes (RFC 3261 §13.3.1.4). */
export function accept(state: Proceeding, body: Body, times: SipTimers): Stepped {
  const { cseq, exchange, unacknowledged, answer, timer, refreshBy } = state
  return [
    {
      kind: 'accepted',
      cseq,
      intervalMs: times.t1Ms,
      late: exchange === 'none' || exchange === 'ours',
      refreshBy,
      ...(answer && { answer }),
      ...(unacknowledged && { unacknowledged: unacknowledged.rack }),
      ...(timer && { timer }),
    },
    [
      { kind: 'stop-timers' },
      // RFC 3261 §13.2.1: once a reliable response has settled offer and answer, the 200 carries neither.
      {
        kind: 'accept',
        ...(exchange !== 'ours' && exchange !== 'settled' && { body }),
        ...(timer && { timer }),
      },
      { kind: 'set-timer', name: 'resend', delayMs: times.t1Ms },
      { kind: 'set-timer', name: 'give-up', delayMs: 64 * times.t1Ms },
    ],
  ]
}

/** One step of a call that we have answered and whose ACK has not come. */
export function stepAccepted(state: Accepted, fact: Fact, times: SipTimers): Stepped {
  switch (fact.kind) {
    case 'ack': {
      if (fact.cseq !== state.cseq) return [state, []]
      // RFC 3261 §15: now the BYE that had to wait may go.
      if (state.leaving) return end({ reason: 'local-bye' }, bye(state.leaving))
      const answer = state.late ? fact.body : state.answer
      return confirm(state, answer ? { kind: 'confirmed', body: answer } : { kind: 'confirmed' })
    }
    case 'hang-up':
      return [{ ...state, leaving: state.leaving ?? fact.headers }, []]
    case 'timer':
      return timeOut(state, fact.name, times)
    case 'bye':
      return end(
        { reason: 'remote-bye', request: fact.request },
        { kind: 'respond', ask: fact.ask, status: 200 },
      )
    case 'info':
      return [state, takeInfo(fact)]
    case 'prack': {
      // RFC 3262 §3: a PRACK for what was unacknowledged when the 200 went out is still welcome, an offer in it not.
      if (fact.rack !== state.unacknowledged)
        return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
      const { unacknowledged: _, ...rest } = state
      return [rest, [{ kind: 'respond', ask: fact.ask, status: fact.body ? 488 : 200 }]]
    }
    case 'update': {
      if (fact.body) return [state, [{ kind: 'respond', ask: fact.ask, status: 491 }]]
      // RFC 4028 §9: this 2xx lays the session's life down anew, before it has begun.
      const { timer: _, ...rest } = state
      const timer = fact.timer && { timer: fact.timer }
      return [{ ...rest, ...timer }, [{ kind: 'respond', ask: fact.ask, status: 200, ...timer }]]
    }
    case 'reinvite': // RFC 3261 §14.2: for us the first INVITE is still in progress.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 491 }]]
    case 'refer': // Not before the ACK, which may be lost: it can come again.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 500, retryAfter: true }]]
    case 'refer-subscribe':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'transport-failed':
    case 'cut-off': // Neither the 200 nor its ACK comes through any more.
      return end({ reason: 'transport-failed' })
    default:
      return [state, []]
  }
}

function timeOut(state: Accepted, name: string, times: SipTimers): Stepped {
  switch (name) {
    case 'resend': {
      const intervalMs = Math.min(state.intervalMs * 2, times.t2Ms)
      return [
        { ...state, intervalMs },
        [{ kind: 'resend-2xx' }, { kind: 'set-timer', name: 'resend', delayMs: intervalMs }],
      ]
    }
    case 'give-up': // RFC 3261 §13.3.1.4: 64·T1 without an ACK; the dialog stands, so it is ended by BYE.
      return end({ reason: state.leaving ? 'local-bye' : 'no-ack' }, bye(state.leaving))
    default:
      return [state, []]
  }
}
