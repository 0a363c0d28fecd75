import type { Body, RingStatus } from '../endpoint.ts'
import type { SipTimers } from '../transaction/timers.ts'
import type { Effect } from './fact.ts'
import type { Proceeding } from './state.ts'

type Stepped = readonly [Proceeding, readonly Effect[]]

/** Ringing is told again, lest proxies give up (RFC 3261 §13.3.1.1; RFC 3262 §3 where it is reliable). */
const REPEAT_MS = 60_000
const REPEAT_RELIABLY_MS = 150_000

/** Tells the caller that it rings, or lets him hear something early; reliably where he requires it (RFC 3262 §3). */
export function ring(
  state: Proceeding,
  body: Body | undefined,
  times: SipTimers,
  status: RingStatus = body ? 183 : 180,
): Stepped {
  if (state.reliability.kind === 'not-needed')
    return [
      state,
      [
        { kind: 'provisional', status, ...carrying(body) },
        { kind: 'set-timer', name: 'repeat', delayMs: REPEAT_MS },
      ],
    ]
  // RFC 3262 §3: the next reliable provisional waits for the PRACK of the one before.
  if (state.unacknowledged || state.asked !== undefined)
    return state.next?.kind === 'accept'
      ? [state, []]
      : [{ ...state, next: { kind: 'ring', status, ...carrying(body) } }, []]
  // RFC 3261 §13.2.1: to an INVITE without an offer the first reliable response must carry one. Without one to send,
  // and with an unreliable 180 forbidden by Require, the caller is left with our 100.
  if (state.exchange === 'none' && !body) return [state, []]
  const described = state.exchange === 'settled' ? undefined : body
  const { rseq } = state.reliability
  return [
    {
      ...state,
      exchange: described ? (state.exchange === 'theirs' ? 'settled' : 'ours') : state.exchange,
      reliability: { kind: 'required', rseq: rseq + 1 },
      unacknowledged: {
        rack: `${rseq} ${state.cseq}`,
        intervalMs: times.t1Ms,
        hasBody: described !== undefined,
      },
    },
    [
      { kind: 'provisional', status, rseq, ...carrying(described) },
      { kind: 'set-timer', name: 'resend', delayMs: times.t1Ms },
      { kind: 'set-timer', name: 'give-up', delayMs: 64 * times.t1Ms },
      { kind: 'set-timer', name: 'repeat', delayMs: REPEAT_RELIABLY_MS },
    ],
  ]
}

/** Says again that it rings; reliably, that is a new response with an RSeq of its own. */
export function repeat(state: Proceeding, times: SipTimers): Stepped {
  if (state.reliability.kind === 'required') return ring(state, undefined, times)
  return [state, [{ kind: 'resend-provisional' }, { kind: 'set-timer', name: 'repeat', delayMs: REPEAT_MS }]]
}

/** The reliable provisional response once more, after twice the time (RFC 3262 §3: T2 is no limit here). */
export function resend(state: Proceeding): Stepped {
  if (!state.unacknowledged) return [state, []]
  const intervalMs = state.unacknowledged.intervalMs * 2
  return [
    { ...state, unacknowledged: { ...state.unacknowledged, intervalMs } },
    [{ kind: 'resend-provisional' }, { kind: 'set-timer', name: 'resend', delayMs: intervalMs }],
  ]
}

/** A body as an optional property. */
export function carrying(body: Body | undefined): { readonly body?: Body } {
  return body ? { body } : {}
}
