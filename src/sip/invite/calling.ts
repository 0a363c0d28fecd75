import { confirm } from './confirmed.ts'
import type { Effect, Fact, HeaderList } from './fact.ts'
import { takeInfo } from './info.ts'
import { bye, end } from './over.ts'
import { carrying } from './provisional.ts'
import type { Calling, EarlyDialog, InviteState } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]
type Progress = Extract<Fact, { kind: 'progress' }>
type Update = Extract<Fact, { kind: 'update' }>

/** One step of an INVITE of ours that has had no final response (RFC 3261 §13.2). */
export function stepCalling(state: Calling, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'progress':
      return progress(state, fact)
    case 'turned-away': // By who wants a login, or by one of several servers: the next INVITE is the same call's.
      if (state.wish !== 'connect') return over(state, { reason: 'cancelled', status: fact.status })
      return [{ kind: 'calling', wish: 'connect' }, [...answerAsked(state), { kind: 'invite-again' }]]
    case 'answered': {
      // RFC 3261 §9.1: the 200 crossed our CANCEL, so there is a dialog, and BYE ends it.
      if (state.wish === 'cancel') return over(state, { reason: 'local-bye' }, { kind: 'ack' }, bye())
      const [next, effects] = confirm(fact, { kind: 'confirmed', ...carrying(fact.body) })
      return [next, [...answerAsked(state), { kind: 'ack' }, ...effects]]
    }
    case 'refused': {
      const { status, causes } = fact
      const reason = state.wish === 'connect' ? 'rejected' : 'cancelled'
      return over(state, { reason, status, ...(causes && { causes }) })
    }
    case 'unanswered': // RFC 3261 §8.1.3.1: as if 408 had come.
      return over(state, {
        reason: state.wish === 'connect' ? 'transport-failed' : 'cancelled',
        status: 408,
      })
    case 'cut-off': // The CANCEL goes nowhere, but bounds the wait for a final response (RFC 3261 §9.1).
      return over(state, { reason: 'transport-failed', status: 503 }, ...cancelled(state))
    case 'transport-failed': // RFC 3261 §8.1.3.1: as if 503 had come.
      return over(state, { reason: 'transport-failed', status: 503 })
    case 'hang-up':
      return [{ ...state, wish: 'cancel' }, cancelled(state, fact.headers)]
    case 'withdraw':
      if (state.wish !== 'connect') return [state, []]
      return [{ ...state, wish: 'withdraw' }, [{ kind: 'cancel', headers: fact.headers }]]
    case 'info':
      return [state, takeInfo(fact)]
    case 'update':
      return update(state, fact)
    case 'agree':
      if (fact.ask !== state.asked) return [state, []]
      return [withoutAsked(state), [{ kind: 'respond', ask: fact.ask, status: 200, ...carrying(fact.body) }]]
    case 'refuse':
      if (fact.ask !== state.asked) return [state, []]
      return [withoutAsked(state), [{ kind: 'respond', ask: fact.ask, status: fact.status }]]
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

/**
 * A provisional response. A reliable one is acknowledged, once, and in the order of RSeq: one that comes again or too early
 * counts for nothing (RFC 3262 §4). It still is when we have cancelled, for it may be sent again till then.
 */
function progress(state: Calling, { status, tag, reliable, body }: Progress): Stepped {
  const before = tag === undefined ? undefined : state.early?.get(tag)
  if (reliable && before?.rseq !== undefined && reliable.rseq !== before.rseq + 1) return [state, []]
  const effects: Effect[] = []
  if (reliable && tag !== undefined)
    effects.push({ kind: 'prack', tag, rack: `${reliable.rseq} ${reliable.cseq} INVITE` })
  if (state.wish === 'connect')
    effects.push({
      kind: 'report',
      report: { kind: 'progress', status, ...(tag !== undefined && { dialog: tag }), ...carrying(body) },
    })
  if (tag === undefined) return [state, effects]
  const rseq = reliable?.rseq ?? before?.rseq
  const known: EarlyDialog = {
    // RFC 3262 §5: what answers our offer settles it only where it comes reliably. RFC 6228 §4: 199 ends this branch, but it
    // may come again like any other.
    settled: status !== 199 && (before?.settled === true || (reliable !== undefined && body !== undefined)),
    ...(rseq !== undefined && { rseq }),
  }
  return [{ ...state, early: new Map(state.early).set(tag, known) }, effects]
}

/** An UPDATE in an early dialog (RFC 3311 §5.2). */
function update(state: Calling, { ask, body, tag }: Update): Stepped {
  if (!body) return [state, [{ kind: 'respond', ask, status: 200 }]]
  if (state.asked !== undefined) return [state, [{ kind: 'respond', ask, status: 500, retryAfter: true }]]
  // Our offer in the INVITE has no answer yet.
  if (state.early?.get(tag ?? '')?.settled !== true || state.wish === 'cancel')
    return [state, [{ kind: 'respond', ask, status: 491 }]]
  return [{ ...state, asked: ask }, [{ kind: 'report', report: { kind: 'renegotiate', ask, body } }]]
}

function over(
  state: Calling,
  ended: Parameters<typeof end>[0],
  ...last: readonly Effect[]
): ReturnType<typeof end> {
  return end(ended, ...answerAsked(state), ...last)
}

/** RFC 3261 §15.1.2: what still waits for a response gets one. */
function answerAsked({ asked }: Calling): readonly Effect[] {
  return asked === undefined ? [] : [{ kind: 'respond', ask: asked, status: 487 }]
}

function withoutAsked({ asked: _, ...rest }: Calling): Calling {
  return rest
}

/** The CANCEL, unless it is out already. */
function cancelled({ wish }: Calling, headers: HeaderList = []): readonly Effect[] {
  return wish === 'connect' ? [{ kind: 'cancel', headers }] : []
}
