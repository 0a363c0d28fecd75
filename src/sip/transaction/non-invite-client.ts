import { type Step, unreachable } from '../../shared/step.ts'
import type { ClientEffect } from './effects.ts'
import { terminated, timedOut, unsendable } from './endings.ts'
import type { ReceivedResponse } from './layer.ts'
import { lingerMs, type Timing, waitMs } from './timers.ts'

/**
 * The non-INVITE client transaction (RFC 3261 §17.1.2).
 *
 *     trying ──1xx──▶ proceeding ──final──▶ completed ──K──▶ terminated
 *        └───────────────┴──F──▶ terminated
 */
export type NonInviteClientState =
  /** The request is sent again at timer E, whose interval is `intervalMs`, until timer F. */
  | { readonly kind: 'trying'; readonly intervalMs: number }
  /** As before, but at intervals of T2. */
  | { readonly kind: 'proceeding' }
  /** Copies of the final response are absorbed until timer K. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'terminated' }

export type NonInviteClientTimer = 'E' | 'F' | 'K'

export type NonInviteClientEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'response'; readonly response: ReceivedResponse }
  | { readonly kind: 'timer'; readonly timer: NonInviteClientTimer }
  | { readonly kind: 'transport-error'; readonly error: Error }

export type NonInviteClientEffect = ClientEffect<NonInviteClientTimer>

type Next = readonly [NonInviteClientState, readonly NonInviteClientEffect[]]
type Open = NonInviteClientState & { kind: 'trying' | 'proceeding' }

export const nonInviteClientStart: NonInviteClientState = { kind: 'trying', intervalMs: 0 }

/** Builds the machine for a transport's timing. Send it `start` first. */
export function nonInviteClientStep(
  timing: Timing,
): Step<NonInviteClientState, NonInviteClientEvent, NonInviteClientEffect> {
  return (state, event) => {
    switch (state.kind) {
      case 'trying':
      case 'proceeding':
        return open(state, event, timing)
      case 'completed':
        // The user has its final response already: an error now means nothing to it.
        return isTimerK(event) || event.kind === 'transport-error' ? terminated : [state, []]
      case 'terminated':
        return [state, []]
      default:
        return unreachable(state)
    }
  }
}

const isTimerK = (event: NonInviteClientEvent) => event.kind === 'timer' && event.timer === 'K'

function open(state: Open, event: NonInviteClientEvent, timing: Timing): Next {
  switch (event.kind) {
    case 'start':
      return start(timing)
    case 'response':
      if (event.response.status >= 200) return final(event.response, timing)
      return [{ kind: 'proceeding' }, [{ kind: 'pass-provisional', response: event.response }]]
    case 'timer':
      return onTimer(state, event.timer, timing)
    case 'transport-error':
      return unsendable(event.error)
    default:
      return unreachable(event)
  }
}

function start(timing: Timing): Next {
  const giveUp = { kind: 'set-timer', timer: 'F', delayMs: waitMs(timing) } as const
  const again = { kind: 'set-timer', timer: 'E', delayMs: timing.t1Ms } as const
  return [
    { kind: 'trying', intervalMs: timing.t1Ms },
    timing.reliable ? [{ kind: 'send' }, giveUp] : [{ kind: 'send' }, giveUp, again],
  ]
}

function final(response: ReceivedResponse, timing: Timing): Next {
  const pass = { kind: 'pass-final', response } as const
  // RFC 3261 §17.1.2.2: timer K is T4 over an unreliable transport and zero over a reliable one.
  if (timing.reliable) {
    return [{ kind: 'terminated' }, [pass, { kind: 'terminated' }]]
  }
  return [
    { kind: 'completed' },
    [{ kind: 'stop-timers' }, { kind: 'set-timer', timer: 'K', delayMs: lingerMs(timing) }, pass],
  ]
}

function onTimer(state: Open, timer: NonInviteClientTimer, timing: Timing): Next {
  if (timer === 'F') return timedOut
  if (timer !== 'E') return [state, []]
  // RFC 3261 §17.1.2.2: min(2·interval, T2) while trying, T2 once proceeding.
  if (state.kind === 'proceeding') {
    return [state, [{ kind: 'send' }, { kind: 'set-timer', timer: 'E', delayMs: timing.t2Ms }]]
  }
  const intervalMs = Math.min(2 * state.intervalMs, timing.t2Ms)
  return [
    { kind: 'trying', intervalMs },
    [{ kind: 'send' }, { kind: 'set-timer', timer: 'E', delayMs: intervalMs }],
  ]
}
