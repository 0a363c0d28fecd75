import type { Body } from '../endpoint.ts'
import type { SipTimers } from '../transaction/timers.ts'
import type { Change, Effect, Fact, Report, SessionTerms, TimerName } from './fact.ts'
import { takeInfo } from './info.ts'
import { bye, end } from './over.ts'
import {
  acceptRefer,
  answerRefers,
  expireRefer,
  progressRefer,
  receiveRefer,
  referNotified,
  refuseRefer,
  renewRefer,
  tellRefers,
} from './referral.ts'
import { expireAfterMs, refreshAfterMs, type SessionTimer } from './session-timer.ts'
import type { Confirmed, InviteState, Talk } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]

const QUIET: Talk = { kind: 'quiet' }

/** Enters the confirmed dialog. The session timer runs from here, which is when we know that it began. */
export function confirm(
  terms: SessionTerms & { readonly unacknowledged?: string },
  report: Extract<Report, { kind: 'confirmed' }>,
): Stepped {
  const { timer, refreshBy, unacknowledged } = terms
  return [
    {
      kind: 'confirmed',
      talk: QUIET,
      refreshBy,
      ...(timer && { timer }),
      ...(unacknowledged !== undefined && { unacknowledged }),
    },
    [{ kind: 'stop-timers' }, { kind: 'report', report }, ...startTimer(timer)],
  ]
}

/** One step of a confirmed dialog, in either role (RFC 3261 §14, §15; RFC 3311; RFC 4028). */
export function stepConfirmed(state: Confirmed, fact: Fact, times: SipTimers): Stepped {
  switch (fact.kind) {
    case 'bye':
      return end(
        { reason: 'remote-bye', request: fact.request },
        { kind: 'respond', ask: fact.ask, status: 200 },
        ...answerAsked(state),
      )
    case 'hang-up':
      return end({ reason: 'local-bye' }, ...answerAsked(state), ...tellRefers(state), bye(fact.headers))
    case 'reinvite':
    case 'update':
      return change(state, fact.kind === 'update' ? 'UPDATE' : 'INVITE', fact)
    case 'agree':
      return acceptRefer(state, fact.ask) ?? agree(state, fact.ask, fact.body, times)
    case 'refuse':
      return refuseRefer(state, fact.ask, fact.status) ?? answer(state, fact.ask, fact.status)
    case 'withdrawn': // RFC 3261 §9.2
      return answer(state, fact.ask, 487)
    case 'ack':
      return acknowledge(state, fact.cseq, fact.body)
    case 'info':
      return [state, takeInfo(fact)]
    case 'cut-off':
      return [state, [{ kind: 'report', report: fact }]]
    case 'send-info':
      return [state, [{ kind: 'info', body: fact.body }]]
    case 'prack': {
      const { unacknowledged, ...rest } = state
      if (fact.rack !== unacknowledged) return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
      return [rest, [{ kind: 'respond', ask: fact.ask, status: fact.body ? 488 : 200 }]]
    }
    case 'refer':
      return receiveRefer(state, fact)
    case 'refer-progress':
      return progressRefer(state, fact.ask, fact.status)
    case 'refer-notified':
      return referNotified(state, fact.ask, fact.taken)
    case 'refer-subscribe':
      return renewRefer(state, fact)
    case 'timer':
      return timeOut(state, fact.name, times)
    case 'refreshed': {
      const [next, effects] = renew(refreshOver(state), fact.timer)
      if (!fact.body) return [next, effects]
      return [next, [...effects, { kind: 'report', report: { kind: 'confirmed', body: fact.body } }]]
    }
    case 'refresh-postponed':
      return [refreshOver(state), [{ kind: 'set-timer', name: 'refresh', delayMs: fact.delayMs }]]
    case 'refresh-refused': // The session goes on until it expires (RFC 4028 §10).
      return [refreshOver(state), []]
    case 'dialog-lost': // RFC 3261 §12.2.1.2
      return end({ reason: 'transport-failed', status: fact.status }, ...answerAsked(state), bye())
    default:
      return [state, []]
  }
}

/** A re-INVITE or an UPDATE from the other side. */
function change(state: Confirmed, method: 'INVITE' | 'UPDATE', { ask, cseq, body, timer }: Change): Stepped {
  switch (state.talk.kind) {
    case 'asked': // RFC 3261 §14.2, RFC 3311 §5.2: one at a time.
      return [state, [{ kind: 'respond', ask, status: 500, retryAfter: true }]]
    case 'answered':
      if (method === 'INVITE' || body) return [state, [{ kind: 'respond', ask, status: 491 }]]
      break
    case 'refreshing': // Glare with our own re-INVITE (RFC 3261 §14.2); an UPDATE without offers collides with nothing.
      if (state.refreshBy === 'INVITE' && (method === 'INVITE' || body))
        return [state, [{ kind: 'respond', ask, status: 491 }]]
      break
    case 'quiet':
      break
  }
  if (method === 'UPDATE' && !body) {
    const [next, effects] = renew(state, timer)
    return [next, [{ kind: 'respond', ask, status: 200, ...(timer && { timer }) }, ...effects]]
  }
  const talk: Talk = { kind: 'asked', method, ask, cseq, late: !body, ...(timer && { timer }) }
  return [
    talking(state, talk),
    [{ kind: 'report', report: body ? { kind: 'renegotiate', ask, body } : { kind: 'renegotiate', ask } }],
  ]
}

/** Our user accepts the change. */
function agree(state: Confirmed, ask: number, body: Body | undefined, times: SipTimers): Stepped {
  const { talk } = state
  if (talk.kind !== 'asked' || talk.ask !== ask) return [state, []]
  const { timer, cseq, late } = talk
  const ok: Effect = { kind: 'respond', ask, status: 200, ...(body && { body }), ...(timer && { timer }) }
  if (talk.method === 'UPDATE') {
    const [next, effects] = renew(talking(state, QUIET), timer)
    return [next, [ok, ...effects]]
  }
  const [next, effects] = renew(
    talking(state, { kind: 'answered', cseq, late, intervalMs: times.t1Ms }),
    timer,
  )
  return [
    next,
    [
      ok,
      ...effects,
      { kind: 'set-timer', name: 'resend', delayMs: times.t1Ms },
      { kind: 'set-timer', name: 'give-up', delayMs: 64 * times.t1Ms },
    ],
  ]
}

/** A refused change leaves the session as it was (RFC 3261 §14.2). */
function answer(state: Confirmed, ask: number, status: number): Stepped {
  if (state.talk.kind !== 'asked' || state.talk.ask !== ask) return [state, []]
  return [talking(state, QUIET), [{ kind: 'respond', ask, status }]]
}

function acknowledge(state: Confirmed, cseq: number, body: Body | undefined): Stepped {
  const { talk } = state
  if (talk.kind !== 'answered' || talk.cseq !== cseq) return [state, []]
  const stopped: readonly Effect[] = [
    { kind: 'stop-timer', name: 'resend' },
    { kind: 'stop-timer', name: 'give-up' },
  ]
  if (!talk.late) return [talking(state, QUIET), stopped]
  const report: Report = body ? { kind: 'confirmed', body } : { kind: 'confirmed' }
  return [talking(state, QUIET), [...stopped, { kind: 'report', report }]]
}

function timeOut(state: Confirmed, name: TimerName, times: SipTimers): Stepped {
  const { talk, timer } = state
  switch (name) {
    case 'resend': {
      if (talk.kind !== 'answered') return [state, []]
      const intervalMs = Math.min(talk.intervalMs * 2, times.t2Ms)
      return [
        talking(state, { ...talk, intervalMs }),
        [{ kind: 'resend-2xx' }, { kind: 'set-timer', name: 'resend', delayMs: intervalMs }],
      ]
    }
    case 'give-up': // RFC 3261 §14.2: a re-INVITE's 2xx without an ACK ends the dialog.
      return end({ reason: 'no-ack' }, ...answerAsked(state), bye())
    case 'refresh':
      if (!timer) return [state, []]
      // Their own change is under way, and refreshes the session as well.
      if (talk.kind !== 'quiet') return [state, [{ kind: 'set-timer', name: 'refresh', delayMs: times.t2Ms }]]
      return [talking(state, { kind: 'refreshing' }), [{ kind: 'refresh', method: state.refreshBy, timer }]]
    case 'expire': // RFC 4028 §10
      return end({ reason: 'session-expired' }, ...answerAsked(state), bye())
    default:
      return name.startsWith('referral-')
        ? expireRefer(state, Number(name.slice('referral-'.length)))
        : [state, []]
  }
}

/** A 2xx to a re-INVITE or UPDATE of either side lays the session's life down anew (RFC 4028 §7.2, §9). */
function renew(state: Confirmed, timer: SessionTimer | undefined): readonly [Confirmed, readonly Effect[]] {
  const { timer: _, ...rest } = state
  return [timer ? { ...rest, timer } : rest, startTimer(timer)]
}

function startTimer(timer: SessionTimer | undefined): readonly Effect[] {
  if (!timer)
    return [
      { kind: 'stop-timer', name: 'refresh' },
      { kind: 'stop-timer', name: 'expire' },
    ]
  const expire: Effect = { kind: 'set-timer', name: 'expire', delayMs: expireAfterMs(timer) }
  return timer.ours
    ? [{ kind: 'set-timer', name: 'refresh', delayMs: refreshAfterMs(timer) }, expire]
    : [{ kind: 'stop-timer', name: 'refresh' }, expire]
}

/** RFC 3261 §15.1.2: requests that still wait for a response get 487. */
function answerAsked(state: Confirmed): readonly Effect[] {
  const { talk } = state
  const change: readonly Effect[] =
    talk.kind === 'asked' ? [{ kind: 'respond', ask: talk.ask, status: 487 }] : []
  return [...change, ...answerRefers(state)]
}

/** Our refresh has its response; a change of theirs that overtook it goes on. */
function refreshOver(state: Confirmed): Confirmed {
  return state.talk.kind === 'refreshing' ? talking(state, QUIET) : state
}

function talking(state: Confirmed, talk: Talk): Confirmed {
  return { ...state, talk }
}
