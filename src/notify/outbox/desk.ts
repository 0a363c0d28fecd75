import { type Step, unreachable } from '../../shared/step.ts'
import type { Delivery } from '../../store/model.ts'
import type { Outcome } from './carrier.ts'

/** The first that waits for a target, as far as the desk looks at it. */
export type Head = Pick<Delivery, 'id' | 'attempts' | 'waitsSince' | 'nextTryAt'>

/**
 * Where one target stands. What waits is in the store and nowhere else: after a crash the desk begins by looking there.
 *
 *     looking ─▶ idle | resting ─▶ looking …
 *        └────▶ sending ─▶ settling ─▶ looking …
 */
export type Desk =
  /** `again`: something changed meanwhile, so that what is found may be old. */
  | { readonly phase: 'looking'; readonly again: boolean }
  | { readonly phase: 'idle' }
  | { readonly phase: 'resting' }
  | { readonly phase: 'sending'; readonly head: Head }
  | { readonly phase: 'settling' }

export type DeskEvent =
  /** Something in the store may be otherwise than before. */
  | { readonly kind: 'changed' }
  /** What the store has first for this target; it is not sent before `heldUntil`. */
  | {
      readonly kind: 'found'
      readonly head: Head | undefined
      readonly heldUntil: number
      readonly now: number
    }
  | { readonly kind: 'time-came' }
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly now: number }
  | { readonly kind: 'settled' }

export type DeskOrder =
  | { readonly kind: 'look' }
  | { readonly kind: 'set-timer'; readonly ms: number }
  | { readonly kind: 'cancel-timer' }
  | { readonly kind: 'send'; readonly head: Head }
  | { readonly kind: 'settle'; readonly id: string; readonly settlement: Settlement }

/** What becomes of a row after a try. */
export type Settlement =
  /** It is there: the row goes. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly attempts: number; readonly nextTryAt: number; readonly why: string }
  /** Kept for the owner to look at; `closes`: the target is switched off, too. */
  | { readonly kind: 'dead'; readonly attempts: number; readonly why: string; readonly closes: boolean }

export const AT_START: Desk = { phase: 'idle' }

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How long after each failure it is tried again; the last one from then on. */
export const PAUSES_MS: readonly number[] = [
  SECOND_MS,
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
]
/** One that fails after so long holds up its target no more. */
export const GIVEN_UP_AFTER_MS = 24 * HOUR_MS
/** Yet each is tried so often: the machine may have been off for days. */
export const FEWEST_ATTEMPTS = 5

type Stepped = readonly [Desk, readonly DeskOrder[]]
const LOOK: Stepped = [{ phase: 'looking', again: false }, [{ kind: 'look' }]]

/** Sends what waits for one target in order, one at a time: the next goes when the one before is there, or given up. */
export const stepDesk: Step<Desk, DeskEvent, DeskOrder> = (desk, event) => {
  switch (desk.phase) {
    case 'idle':
      return event.kind === 'changed' ? LOOK : [desk, []]
    case 'looking':
      if (event.kind === 'changed') return [{ phase: 'looking', again: true }, []]
      if (event.kind !== 'found') return [desk, []]
      return desk.again ? LOOK : begin(event)
    case 'resting':
      if (event.kind === 'time-came') return LOOK
      return event.kind === 'changed' ? [LOOK[0], [{ kind: 'cancel-timer' }, ...LOOK[1]]] : [desk, []]
    case 'sending': {
      if (event.kind !== 'outcome') return [desk, []]
      const settlement = settlementOf(desk.head, event.outcome, event.now)
      return [{ phase: 'settling' }, [{ kind: 'settle', id: desk.head.id, settlement }]]
    }
    case 'settling':
      return event.kind === 'settled' ? LOOK : [desk, []]
    default:
      return unreachable(desk)
  }
}

function begin({ head, heldUntil, now }: Extract<DeskEvent, { kind: 'found' }>): Stepped {
  if (!head) return [{ phase: 'idle' }, []]
  // A clock that was set back must not make it wait for longer than any pause.
  const pauseMs = Math.min(head.nextTryAt - now, PAUSES_MS.at(-1) ?? 0)
  const ms = Math.max(pauseMs, heldUntil - now)
  if (ms > 0) return [{ phase: 'resting' }, [{ kind: 'set-timer', ms }]]
  return [{ phase: 'sending', head }, [{ kind: 'send', head }]]
}

/** What becomes of it, by how the try went. */
export function settlementOf(head: Head, outcome: Outcome, now: number): Settlement {
  const attempts = head.attempts + 1
  switch (outcome.kind) {
    case 'taken':
      return { kind: 'taken' }
    case 'refused':
    case 'gone':
      return { kind: 'dead', attempts, why: outcome.why, closes: outcome.kind === 'gone' }
    case 'later': {
      const { why, afterMs = 0 } = outcome
      if (attempts >= FEWEST_ATTEMPTS && now - head.waitsSince >= GIVEN_UP_AFTER_MS)
        return { kind: 'dead', attempts, why, closes: false }
      const longestMs = PAUSES_MS.at(-1) ?? 0
      const pauseMs = Math.max(PAUSES_MS[attempts - 1] ?? longestMs, Math.min(afterMs, longestMs))
      return { kind: 'again', attempts, nextTryAt: now + pauseMs, why }
    }
    default:
      return unreachable(outcome)
  }
}
