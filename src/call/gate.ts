import type { GateQuestion } from '../shared/caller-gate.ts'
import { type Step, unreachable } from '../shared/step.ts'
import type { Fact } from './facts.ts'
import { BEEP, GATE_NAME, gateKey, type Order } from './orders.ts'

/**
 * Where a caller stands who has to pass a gate.
 *
 *     key:  asking ─▶ waiting ─▶ asking …
 *     name: asking ─▶ beeping ─▶ listening ─▶ asking …
 *
 * It lasts two minutes at most, whatever the caller does, and ends as `passed` or `failed`. A caller who gives the wrong answer
 * is asked again: a human may have misheard, and a recorded call goes on talking.
 */
export type GateState = KeyGate | NameGate

interface KeyGate {
  readonly kind: 'key'
  readonly digit: string
  readonly at: 'asking' | 'waiting'
  /** How often it was asked because nothing was typed. */
  readonly asked: number
  readonly wrong: number
}

type NameGate =
  | { readonly kind: 'name'; readonly at: 'asking' | 'beeping'; readonly asked: number }
  | { readonly kind: 'name'; readonly at: 'listening'; readonly asked: number; readonly spoke: boolean }

export type GateVerdict = 'passed' | 'failed'

/** A caller who has typed nothing for so long is asked again. */
const KEY_WAIT_MS = 5000
const MOST_KEY_ROUNDS = 3
const MOST_WRONG_KEYS = 3
/** Nobody has so long a name; who still speaks then has not heard the question. Counted from the first sound. */
export const LONGEST_NAME_MS = 6000
/** Media says long before when nobody speaks. */
const NAME_WAIT_MS = 10_000
const MOST_NAME_ROUNDS = 2

type Asked = readonly [GateState, readonly Order[]]
type Stepped = readonly [GateState | GateVerdict, readonly Order[]]

/** Asks the caller for the first time. */
export function openGate(question: GateQuestion): Asked {
  return question.kind === 'key'
    ? ask({ kind: 'key', digit: question.digit, at: 'asking', asked: 1, wrong: 0 })
    : ask({ kind: 'name', at: 'asking', asked: 1 })
}

/** What a fact means to a caller at a gate. */
export const stepGate: Step<GateState | GateVerdict, Fact, Order> = (state, fact) => {
  if (state === 'passed' || state === 'failed') return [state, []]
  return state.kind === 'key' ? key(state, fact) : name(state, fact)
}

/** What would outlive the gate and must stop when it is left. */
export function leaveGate(state: GateState): readonly Order[] {
  if (state.at === 'waiting') return [{ kind: 'cancel-timer', timer: 'gate' }]
  return state.at === 'listening' ? [{ kind: 'cancel-timer', timer: 'gate' }, { kind: 'stop-take' }] : []
}

/** The right key opens it at any moment, in the middle of the question too. */
function key(state: KeyGate, fact: Fact): Stepped {
  if (fact.kind === 'digit') {
    if (fact.digit === state.digit) return over(state, 'passed')
    const wrong = state.wrong + 1
    return wrong < MOST_WRONG_KEYS
      ? askAgain(state, { ...state, at: 'asking', wrong })
      : over(state, 'failed')
  }
  switch (state.at) {
    case 'asking':
      if (fact.kind !== 'played' || fact.clip !== gateKey(state.digit)) return [state, []]
      return [{ ...state, at: 'waiting' }, [{ kind: 'set-timer', timer: 'gate', ms: KEY_WAIT_MS }]]
    case 'waiting': {
      if (fact.kind !== 'gate-time-over') return [state, []]
      const asked = state.asked + 1
      return asked <= MOST_KEY_ROUNDS
        ? askAgain(state, { ...state, at: 'asking', asked })
        : over(state, 'failed')
    }
    default:
      return unreachable(state.at)
  }
}

function name(state: NameGate, fact: Fact): Stepped {
  switch (state.at) {
    case 'asking':
      if ((fact.kind === 'played' && fact.clip === GATE_NAME) || isHash(fact))
        return [{ ...state, at: 'beeping' }, [{ kind: 'play', clip: BEEP }]]
      return [state, []]
    case 'beeping':
      if (fact.kind !== 'played' || fact.clip !== BEEP) return [state, []]
      return [
        { ...state, at: 'listening', spoke: false },
        [
          { kind: 'start-take', of: 'name' },
          { kind: 'set-timer', timer: 'gate', ms: NAME_WAIT_MS },
        ],
      ]
    case 'listening':
      return listen(state, fact)
    default:
      return unreachable(state)
  }
}

function listen(state: Extract<NameGate, { at: 'listening' }>, fact: Fact): Stepped {
  if (fact.kind === 'speaking') {
    if (state.spoke) return [state, []]
    return [
      { ...state, spoke: true },
      [
        { kind: 'cancel-timer', timer: 'gate' },
        { kind: 'set-timer', timer: 'gate', ms: LONGEST_NAME_MS },
      ],
    ]
  }
  // Nothing can be recorded, which is no fault of the caller's: phones ring without a name.
  if (fact.kind === 'storage-full') return over(state, 'passed')
  const isSaid = fact.kind === 'silent' ? !fact.fax : isHash(fact)
  if (isSaid && state.spoke) return over(state, 'passed')
  // Nothing was said, or by a fax machine, or without a pause until now, as recorded calls do.
  const wrong = fact.kind === 'silent' || isHash(fact) || fact.kind === 'gate-time-over'
  if (!wrong) return [state, []]
  const asked = state.asked + 1
  return asked <= MOST_NAME_ROUNDS
    ? askAgain(state, { kind: 'name', at: 'asking', asked })
    : over(state, 'failed')
}

const isHash = (fact: Fact) => fact.kind === 'digit' && fact.digit === '#'

function ask(state: GateState): Asked {
  return [state, [{ kind: 'play', clip: state.kind === 'key' ? gateKey(state.digit) : GATE_NAME }]]
}

function askAgain(before: GateState, next: GateState): Stepped {
  const [state, orders] = ask(next)
  return [state, [...leaveGate(before), ...orders]]
}

function over(before: GateState, verdict: GateVerdict): Stepped {
  return [verdict, leaveGate(before)]
}
