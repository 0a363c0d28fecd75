import type { SipTimers } from '../transaction/timers.ts'
import { accept } from './accepted.ts'
import type { Change, Effect, Fact, SessionTerms } from './fact.ts'
import { takeInfo } from './info.ts'
import { end } from './over.ts'
import { carrying, repeat, resend, ring } from './provisional.ts'
import type { InviteState, Proceeding } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]

export interface ArrivedInvite {
  readonly cseq: number
  /** Whether it carries an offer. */
  readonly offers: boolean
  /** The RSeq of our first provisional response, when the caller requires that they be reliable. */
  readonly rseq?: number
  /** The INVITE's Expires. */
  readonly expiresMs?: number
}

/**
 * An INVITE has come. Provisional responses are reliable only where the caller requires it: with a mere
 * `Supported: 100rel` the choice is ours (RFC 3262 §3), and a 180 that gets lost does no harm, while a PRACK that gets lost
 * would end the call.
 */
export function proceed(invite: ArrivedInvite & SessionTerms): readonly [Proceeding, readonly Effect[]] {
  const { cseq, offers, rseq, expiresMs, timer, refreshBy } = invite
  return [
    {
      kind: 'proceeding',
      cseq,
      exchange: offers ? 'theirs' : 'none',
      reliability: rseq === undefined ? { kind: 'not-needed' } : { kind: 'required', rseq },
      refreshBy,
      ...(timer && { timer }),
    },
    expiresMs === undefined ? [] : [{ kind: 'set-timer', name: 'lapse', delayMs: expiresMs }],
  ]
}

/** One step of a call that came in and has had no final response (RFC 3261 §13.3.1, RFC 3262 §3). */
export function stepProceeding(state: Proceeding, fact: Fact, times: SipTimers): Stepped {
  switch (fact.kind) {
    case 'ring':
      return ring(state, fact.body, times, fact.status)
    case 'accept':
      // RFC 3262 §3: no 2xx before the PRACK for a provisional response that carried a session description.
      if (state.asked !== undefined || state.unacknowledged?.hasBody)
        return [{ ...state, next: { kind: 'accept', body: fact.body } }, []]
      return accept(state, fact.body, times)
    case 'reject':
      return refuse(state, { reason: 'rejected', status: fact.status }, fact.headers)
    case 'hang-up':
      return refuse(state, { reason: 'rejected', status: 480 }, fact.headers)
    case 'cancel': // RFC 3261 §9.2
      return refuse(state, { reason: 'cancelled', status: 487, request: fact.request })
    case 'bye': {
      // RFC 3261 §15.1.2: a BYE in the early dialog is answered, and so is the INVITE.
      const [over, effects] = refuse(state, { reason: 'remote-bye', status: 487, request: fact.request })
      return [over, [{ kind: 'respond', ask: fact.ask, status: 200 }, ...effects]]
    }
    case 'prack':
      return acknowledge(state, fact, times)
    case 'update':
      return update(state, fact)
    case 'reinvite': // RFC 3261 §14.2: the first INVITE has no final response yet.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 500, retryAfter: true }]]
    case 'info':
      return [state, takeInfo(fact)]
    case 'agree':
      if (fact.ask !== state.asked) return [state, []]
      return goOn(withoutAsked(state), times, {
        kind: 'respond',
        ask: fact.ask,
        status: 200,
        ...carrying(fact.body),
      })
    case 'refuse':
      if (fact.ask !== state.asked) return [state, []]
      return goOn(withoutAsked(state), times, { kind: 'respond', ask: fact.ask, status: fact.status })
    case 'refer': // RFC 5589 §6: nobody transfers a call that is not there yet.
      return [state, [{ kind: 'respond', ask: fact.ask, status: 403 }]]
    case 'refer-subscribe':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    case 'timer':
      return timeOut(state, fact.name, times)
    case 'cut-off': // The final response goes nowhere, but ends the transaction.
      return refuse(state, { reason: 'transport-failed', status: 503 })
    case 'transport-failed':
      return end({ reason: 'transport-failed' }, ...answerAsked(state))
    default:
      return [state, []]
  }
}

/** A PRACK (RFC 3262 §3, §5). */
function acknowledge(
  state: Proceeding,
  prack: Change & { readonly rack: string },
  times: SipTimers,
): Stepped {
  if (state.unacknowledged?.rack !== prack.rack)
    return [state, [{ kind: 'respond', ask: prack.ask, status: 481 }]]
  const { unacknowledged: _, ...rest } = state
  const stopped: readonly Effect[] = [
    { kind: 'stop-timer', name: 'resend' },
    { kind: 'stop-timer', name: 'give-up' },
  ]
  const { ask, body } = prack
  if (!body) return goOn(rest, times, ...stopped, { kind: 'respond', ask, status: 200 })
  switch (state.exchange) {
    case 'ours': // The answer to our offer; the caller's user hears of it with the ACK.
      return goOn({ ...rest, exchange: 'settled', answer: body }, times, ...stopped, {
        kind: 'respond',
        ask,
        status: 200,
      })
    case 'settled': // A further offer, which the 2xx to the PRACK answers; unless that of an UPDATE waits for its answer.
      if (state.asked !== undefined) break
      return [
        { ...rest, asked: ask },
        [...stopped, { kind: 'report', report: { kind: 'renegotiate', ask, body } }],
      ]
    default:
      break
  }
  // An offer while another is unanswered: not allowed, but the PRACK did its work.
  return goOn(rest, times, ...stopped, { kind: 'respond', ask, status: 488 })
}

/** An UPDATE in the early dialog (RFC 3311 §5.2). */
function update(state: Proceeding, { ask, body, timer }: Change): Stepped {
  if (state.asked !== undefined) return [state, [{ kind: 'respond', ask, status: 500, retryAfter: true }]]
  if (!body) return [state, [{ kind: 'respond', ask, status: 200, ...(timer && { timer }) }]]
  switch (state.exchange) {
    case 'settled':
      return [{ ...state, asked: ask }, [{ kind: 'report', report: { kind: 'renegotiate', ask, body } }]]
    case 'ours':
      return [state, [{ kind: 'respond', ask, status: 491 }]]
    default:
      return [state, [{ kind: 'respond', ask, status: 500, retryAfter: true }]]
  }
}

/** Does what had to wait, now that nothing is in its way. */
function goOn(state: Proceeding, times: SipTimers, ...first: readonly Effect[]): Stepped {
  const { next, ...rest } = state
  if (!next) return [state, first]
  const [after, effects] = stepProceeding(rest, next, times)
  return [after, [...first, ...effects]]
}

function timeOut(state: Proceeding, name: string, times: SipTimers): Stepped {
  switch (name) {
    case 'resend':
      return resend(state)
    case 'give-up': // RFC 3262 §3: never PRACKed, so the INVITE is refused with a 5xx.
      return refuse(state, { reason: 'rejected', status: 504 })
    case 'repeat':
      return repeat(state, times)
    case 'lapse': // RFC 3261 §13.3.1: the INVITE's Expires has run out.
      return refuse(state, { reason: 'cancelled', status: 487 })
    default:
      return [state, []]
  }
}

/** The final refusal. */
function refuse(
  state: Proceeding,
  ended: Parameters<typeof end>[0] & { readonly status: number },
  headers: Extract<Effect, { kind: 'reject' }>['headers'] = [],
): Stepped {
  return end(ended, ...answerAsked(state), { kind: 'reject', status: ended.status, headers })
}

/** RFC 3261 §15.1.2: requests that still wait for a response get one. */
function answerAsked({ asked }: Proceeding): readonly Effect[] {
  return asked === undefined ? [] : [{ kind: 'respond', ask: asked, status: 487 }]
}

function withoutAsked({ asked: _, ...rest }: Proceeding): Proceeding {
  return rest
}
