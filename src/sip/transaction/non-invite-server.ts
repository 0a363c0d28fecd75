import { type Step, unreachable } from '../../shared/step.ts'
import type { SipResponse } from '../message/message.ts'
import type { ServerEffect } from './effects.ts'
import { terminated, undeliverable } from './endings.ts'
import { type Timing, waitMs } from './timers.ts'

/**
 * The non-INVITE server transaction (RFC 3261 §17.2.2).
 *
 *     trying ──1xx──▶ proceeding ──final──▶ completed ──J──▶ terminated
 */
export type NonInviteServerState =
  /** Waits for the user; a request that comes again is absorbed. */
  | { readonly kind: 'trying' }
  /** A provisional response was sent, and is sent again when the request comes again. */
  | { readonly kind: 'proceeding' }
  /** The final response is sent again for each copy of the request until timer J. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'terminated' }

export type NonInviteServerTimer = 'J'

export type NonInviteServerEvent =
  | { readonly kind: 'request' }
  | { readonly kind: 'respond'; readonly response: SipResponse }
  | { readonly kind: 'timer'; readonly timer: NonInviteServerTimer }
  | { readonly kind: 'transport-error' }

export type NonInviteServerEffect = ServerEffect<NonInviteServerTimer>

type Next = readonly [NonInviteServerState, readonly NonInviteServerEffect[]]

export const nonInviteServerStart: NonInviteServerState = { kind: 'trying' }

/** Builds the machine for a transport's timing. */
export function nonInviteServerStep(
  timing: Timing,
): Step<NonInviteServerState, NonInviteServerEvent, NonInviteServerEffect> {
  return (state, event) => {
    switch (state.kind) {
      case 'trying':
      case 'proceeding':
        return open(state, event, timing)
      case 'completed':
        return completed(state, event)
      case 'terminated':
        return [state, []]
      default:
        return unreachable(state)
    }
  }
}

function open(
  state: NonInviteServerState & { kind: 'trying' | 'proceeding' },
  event: NonInviteServerEvent,
  timing: Timing,
): Next {
  switch (event.kind) {
    case 'respond':
      return respond(event.response, timing)
    case 'request':
      return [state, state.kind === 'proceeding' ? [{ kind: 'resend' }] : []]
    case 'transport-error':
      return undeliverable
    case 'timer':
      return [state, []]
    default:
      return unreachable(event)
  }
}

function respond(response: SipResponse, timing: Timing): Next {
  const send = { kind: 'send', response } as const
  if (response.status < 200) return [{ kind: 'proceeding' }, [send]]
  // RFC 3261 §17.2.2: timer J is 64·T1 over an unreliable transport and zero over a reliable one.
  if (timing.reliable) return [{ kind: 'terminated' }, [send, { kind: 'terminated' }]]
  return [{ kind: 'completed' }, [send, { kind: 'set-timer', timer: 'J', delayMs: waitMs(timing) }]]
}

function completed(state: NonInviteServerState, event: NonInviteServerEvent): Next {
  switch (event.kind) {
    case 'request':
      return [state, [{ kind: 'resend' }]]
    case 'timer':
      return terminated
    case 'transport-error':
      return undeliverable
    case 'respond':
      return [state, []]
    default:
      return unreachable(event)
  }
}
