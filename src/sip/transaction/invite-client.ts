import { type Step, unreachable } from '../../shared/step.ts'
import type { ClientEffect } from './effects.ts'
import { terminated, timedOut, unsendable } from './endings.ts'
import type { ReceivedResponse } from './layer.ts'
import { type Timing, waitMs } from './timers.ts'

/**
 * The INVITE client transaction (RFC 3261 §17.1.1, with the Accepted state of RFC 6026 §7.2), and when a CANCEL
 * may leave (RFC 3261 §9.1).
 *
 *     calling ──1xx──▶ proceeding ──2xx──▶ accepted ──M──▶ terminated
 *        │                 └──3xx–6xx──▶ completed ──D──▶ terminated
 *        └──B──▶ terminated
 */
export type InviteClientState =
  /** The INVITE is sent again at timer A, whose interval is `intervalMs`, until timer B. */
  | { readonly kind: 'calling'; readonly intervalMs: number; readonly cancelled: boolean }
  /** Waits for the final response; once `cancelled`, only until timer C. */
  | { readonly kind: 'proceeding'; readonly cancelled: boolean }
  /** Further 2xx, from retransmission or other forks, are passed up until timer M. */
  | { readonly kind: 'accepted' }
  /** Copies of the refusal are acknowledged again until timer D. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'terminated' }

/** `C` is the wait after a CANCEL (RFC 3261 §9.1), which has no letter there; proxies time the same wait by their timer C. */
export type InviteClientTimer = 'A' | 'B' | 'C' | 'D' | 'M'

export type InviteClientEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'response'; readonly response: ReceivedResponse }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'timer'; readonly timer: InviteClientTimer }
  | { readonly kind: 'transport-error'; readonly error: Error }

export type InviteClientEffect =
  | ClientEffect<InviteClientTimer>
  | { readonly kind: 'send-cancel' }
  /** Acknowledges a refusal (RFC 3261 §17.1.1.3). */
  | { readonly kind: 'send-ack'; readonly response: ReceivedResponse }

type Next = readonly [InviteClientState, readonly InviteClientEffect[]]
type Open = InviteClientState & { kind: 'calling' | 'proceeding' }

export const inviteClientStart: InviteClientState = { kind: 'calling', intervalMs: 0, cancelled: false }

/** Builds the machine for a transport's timing. Send it `start` first. */
export function inviteClientStep(
  timing: Timing,
): Step<InviteClientState, InviteClientEvent, InviteClientEffect> {
  return (state, event) => {
    switch (state.kind) {
      case 'calling':
      case 'proceeding':
        return open(state, event, timing)
      case 'accepted':
        return accepted(state, event)
      case 'completed':
        return completed(state, event)
      case 'terminated':
        return [state, []]
      default:
        return unreachable(state)
    }
  }
}

function open(state: Open, event: InviteClientEvent, timing: Timing): Next {
  switch (event.kind) {
    case 'start':
      return start(timing)
    case 'response':
      return event.response.status < 200
        ? provisional(state, event.response, timing)
        : final(event.response, timing)
    case 'cancel':
      return cancel(state, timing)
    case 'timer':
      return onTimer(state, event.timer)
    case 'transport-error':
      // RFC 3261 §17.1.1.2: the user is told, and the transaction is over.
      return unsendable(event.error)
    default:
      return unreachable(event)
  }
}

function start(timing: Timing): Next {
  const giveUp = { kind: 'set-timer', timer: 'B', delayMs: waitMs(timing) } as const
  const again = { kind: 'set-timer', timer: 'A', delayMs: timing.t1Ms } as const
  return [
    { kind: 'calling', intervalMs: timing.t1Ms, cancelled: false },
    timing.reliable ? [{ kind: 'send' }, giveUp] : [{ kind: 'send' }, giveUp, again],
  ]
}

function provisional(state: Open, response: ReceivedResponse, timing: Timing): Next {
  const pass = { kind: 'pass-provisional', response } as const
  if (state.kind === 'proceeding') return [state, [pass]]
  const next = { kind: 'proceeding', cancelled: state.cancelled } as const
  if (!state.cancelled) return [next, [{ kind: 'stop-timers' }, pass]]
  // RFC 3261 §9.1: a CANCEL waits for the first provisional response.
  return [next, [{ kind: 'stop-timers' }, pass, ...sendCancel(timing)]]
}

function final(response: ReceivedResponse, timing: Timing): Next {
  const pass = { kind: 'pass-final', response } as const
  if (response.status < 300) {
    return [
      { kind: 'accepted' },
      [{ kind: 'stop-timers' }, { kind: 'set-timer', timer: 'M', delayMs: waitMs(timing) }, pass],
    ]
  }
  const ack = { kind: 'send-ack', response } as const
  // RFC 3261 §17.1.1.2: timer D is zero over a reliable transport.
  if (timing.reliable) {
    return [{ kind: 'terminated' }, [ack, pass, { kind: 'terminated' }]]
  }
  return [
    { kind: 'completed' },
    [{ kind: 'stop-timers' }, ack, { kind: 'set-timer', timer: 'D', delayMs: waitMs(timing) }, pass],
  ]
}

function cancel(state: Open, timing: Timing): Next {
  if (state.cancelled) return [state, []]
  if (state.kind === 'calling') return [{ ...state, cancelled: true }, []]
  return [{ kind: 'proceeding', cancelled: true }, sendCancel(timing)]
}

/** RFC 3261 §9.1: without a final response within 64·T1 of the CANCEL, the INVITE counts as cancelled. */
function sendCancel(timing: Timing): InviteClientEffect[] {
  return [{ kind: 'send-cancel' }, { kind: 'set-timer', timer: 'C', delayMs: waitMs(timing) }]
}

function onTimer(state: Open, timer: InviteClientTimer): Next {
  if (timer === 'A' && state.kind === 'calling') {
    // RFC 3261 §17.1.1.2: the interval doubles, without a ceiling.
    const intervalMs = 2 * state.intervalMs
    return [
      { ...state, intervalMs },
      [{ kind: 'send' }, { kind: 'set-timer', timer: 'A', delayMs: intervalMs }],
    ]
  }
  const over = state.kind === 'calling' ? timer === 'B' : state.cancelled && timer === 'C'
  if (!over) return [state, []]
  return timedOut
}

function accepted(state: InviteClientState, event: InviteClientEvent): Next {
  if (event.kind === 'timer' && event.timer === 'M') return terminated
  // RFC 6026 §7.2: every 2xx goes up; other responses are dropped, and so are transport errors.
  const is2xx = event.kind === 'response' && event.response.status >= 200 && event.response.status < 300
  return [state, is2xx ? [{ kind: 'pass-final', response: event.response }] : []]
}

function completed(state: InviteClientState, event: InviteClientEvent): Next {
  if (event.kind === 'timer' && event.timer === 'D') return terminated
  if (event.kind === 'transport-error') {
    // The user has its final response already; without a way to send ACKs there is nothing left to do.
    return terminated
  }
  const refusal = event.kind === 'response' && event.response.status >= 300
  return [state, refusal ? [{ kind: 'send-ack', response: event.response }] : []]
}
