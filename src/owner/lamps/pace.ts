import { type Step, unreachable } from '../../shared/step.ts'

/**
 * When a subscriber is told something.
 *
 *     quiet ─ changed ─▶ handed ─ left ─▶ resting ─ rested ─▶ quiet
 *                          ▲                 │
 *                          └── rested, and it differs
 *
 * The first change after quiet goes at once, so that a lamp lights when the phone rings; then there is a second of rest
 * (RFC 4235 §3.10, RFC 6665 §5.4.10), and what is true at its end is told if it is not what was told last.
 */
export type PaceState =
  | { readonly kind: 'quiet' }
  /** A NOTIFY is ordered. It may have to wait for another, and says what is true when it leaves. */
  | { readonly kind: 'handed' }
  | { readonly kind: 'resting' }
  | { readonly kind: 'over' }

export type PaceEvent =
  /** By a SUBSCRIBE: it goes at once, even out of rest (RFC 6665 §4.2.1.2). */
  | { readonly kind: 'asked' }
  /** `differs`: what is true is not what was told last. */
  | { readonly kind: 'changed'; readonly differs: boolean }
  | { readonly kind: 'left' }
  | { readonly kind: 'rested'; readonly differs: boolean }
  | { readonly kind: 'over' }

export type PaceEffect =
  | { readonly kind: 'notify' }
  | { readonly kind: 'set-timer'; readonly ms: number }
  | { readonly kind: 'cancel-timer' }

/** Between two NOTIFYs to one subscriber. */
export const REST_MS = 1000

export const QUIET: PaceState = { kind: 'quiet' }

type Stepped = readonly [PaceState, readonly PaceEffect[]]

export const stepPace: Step<PaceState, PaceEvent, PaceEffect> = (state, event) => {
  if (state.kind === 'over') return [state, []]
  if (event.kind === 'over') return [{ kind: 'over' }, stopRest(state)]
  if (event.kind === 'asked') return hand(stopRest(state))
  switch (state.kind) {
    case 'quiet':
      return event.kind === 'changed' && event.differs ? hand([]) : [state, []]
    case 'handed':
      return event.kind === 'left' ? [{ kind: 'resting' }, [{ kind: 'set-timer', ms: REST_MS }]] : [state, []]
    case 'resting':
      if (event.kind !== 'rested') return [state, []]
      return event.differs ? hand([]) : [{ kind: 'quiet' }, []]
    default:
      return unreachable(state)
  }
}

function hand(before: readonly PaceEffect[]): Stepped {
  return [{ kind: 'handed' }, [...before, { kind: 'notify' }]]
}

function stopRest(state: PaceState): readonly PaceEffect[] {
  return state.kind === 'resting' ? [{ kind: 'cancel-timer' }] : []
}
