import { type Step, unreachable } from '../../shared/step.ts'
import type { SipResponse } from '../message/message.ts'
import type { ServerEffect } from './effects.ts'
import { terminated, undeliverable } from './endings.ts'
import { lingerMs, type Timing, waitMs } from './timers.ts'

/**
 * The INVITE server transaction (RFC 3261 §17.2.1, with the Accepted state of RFC 6026 §7.1).
 *
 *     proceeding ──2xx──▶ accepted ──L──▶ terminated
 *         └──3xx–6xx──▶ completed ──ACK──▶ confirmed ──I──▶ terminated
 *                           └──H──▶ terminated
 */
export type InviteServerState =
  /** Waits for the user's final response. */
  | { readonly kind: 'proceeding'; readonly responded: boolean }
  /** A 2xx was sent; its retransmissions are the user's (RFC 3261 §13.3.1.4), INVITEs are absorbed until timer L. */
  | { readonly kind: 'accepted' }
  /** A refusal was sent and waits for its ACK; `intervalMs` is timer G's. */
  | { readonly kind: 'completed'; readonly intervalMs: number }
  /** The ACK came; copies of it are absorbed until timer I. */
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'terminated' }

export type InviteServerTimer = 'G' | 'H' | 'I' | 'L'

export type InviteServerEvent =
  /** The INVITE came again. */
  | { readonly kind: 'request' }
  | { readonly kind: 'ack' }
  | { readonly kind: 'respond'; readonly response: SipResponse }
  | { readonly kind: 'timer'; readonly timer: InviteServerTimer }
  | { readonly kind: 'transport-error' }

export type InviteServerEffect = ServerEffect<InviteServerTimer>

type Next = readonly [InviteServerState, readonly InviteServerEffect[]]

export const inviteServerStart: InviteServerState = { kind: 'proceeding', responded: false }

/** Builds the machine for a transport's timing. */
export function inviteServerStep(
  timing: Timing,
): Step<InviteServerState, InviteServerEvent, InviteServerEffect> {
  return (state, event) => {
    switch (state.kind) {
      case 'proceeding':
        return proceeding(state, event, timing)
      case 'accepted':
        // RFC 6026 §7.1: retransmitted INVITEs are absorbed; a transport error leaves the 2xx to the user's retransmission.
        if (event.kind === 'timer' && event.timer === 'L') return terminated
        if (event.kind === 'transport-error') return [state, [{ kind: 'failed', why: 'transport' }]]
        return [state, []]
      case 'completed':
        return completed(state, event, timing)
      case 'confirmed':
        return event.kind === 'timer' && event.timer === 'I' ? terminated : [state, []]
      case 'terminated':
        return [state, []]
      default:
        return unreachable(state)
    }
  }
}

function proceeding(
  state: InviteServerState & { kind: 'proceeding' },
  event: InviteServerEvent,
  timing: Timing,
): Next {
  switch (event.kind) {
    case 'respond':
      return respond(event.response, timing)
    case 'request':
      // RFC 3261 §17.2.1: the most recent provisional response is sent again.
      return [state, state.responded ? [{ kind: 'resend' }] : []]
    case 'transport-error':
      // RFC 6026 §7.1: the user is told and the transaction waits on, for a lost 180 does not end a call.
      return [state, [{ kind: 'failed', why: 'transport' }]]
    case 'ack':
    case 'timer':
      return [state, []]
    default:
      return unreachable(event)
  }
}

function respond(response: SipResponse, timing: Timing): Next {
  const send = { kind: 'send', response } as const
  if (response.status < 200) return [{ kind: 'proceeding', responded: true }, [send]]
  if (response.status < 300) {
    return [{ kind: 'accepted' }, [send, { kind: 'set-timer', timer: 'L', delayMs: waitMs(timing) }]]
  }
  const giveUp = { kind: 'set-timer', timer: 'H', delayMs: waitMs(timing) } as const
  const again = { kind: 'set-timer', timer: 'G', delayMs: timing.t1Ms } as const
  // RFC 3261 §17.2.1: timer G only over an unreliable transport, timer H over all.
  return [
    { kind: 'completed', intervalMs: timing.t1Ms },
    timing.reliable ? [send, giveUp] : [send, giveUp, again],
  ]
}

function completed(
  state: InviteServerState & { kind: 'completed' },
  event: InviteServerEvent,
  timing: Timing,
): Next {
  switch (event.kind) {
    case 'request':
      return [state, [{ kind: 'resend' }]]
    case 'ack':
      // RFC 3261 §17.2.1: timer I is zero over a reliable transport.
      if (timing.reliable) return terminated
      return [
        { kind: 'confirmed' },
        [{ kind: 'stop-timers' }, { kind: 'set-timer', timer: 'I', delayMs: lingerMs(timing) }],
      ]
    case 'timer':
      return onTimer(state, event.timer, timing)
    case 'transport-error':
      return undeliverable
    case 'respond':
      return [state, []]
    default:
      return unreachable(event)
  }
}

function onTimer(
  state: InviteServerState & { kind: 'completed' },
  timer: InviteServerTimer,
  timing: Timing,
): Next {
  if (timer === 'H') {
    return [{ kind: 'terminated' }, [{ kind: 'failed', why: 'no-ack' }, { kind: 'terminated' }]]
  }
  if (timer !== 'G') return [state, []]
  const intervalMs = Math.min(2 * state.intervalMs, timing.t2Ms)
  return [
    { kind: 'completed', intervalMs },
    [{ kind: 'resend' }, { kind: 'set-timer', timer: 'G', delayMs: intervalMs }],
  ]
}
