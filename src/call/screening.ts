import { type Step, unreachable } from '../shared/step.ts'
import type { Fact } from './facts.ts'
import { leaveGate, openGate, stepGate } from './gate.ts'
import {
  BEEP,
  type Ending,
  GOODBYE,
  NO_ROOM,
  NOT_PUT_THROUGH,
  NOT_TAKEN,
  type Order,
  TIME_OVER,
} from './orders.ts'
import type { Gate, Plan } from './plan.ts'
import type { Room, Screened, ScreeningState, Stepped } from './state.ts'
import { talk } from './talk.ts'

/** The screening machine: every decision about a call is made here, and nothing else is. */
export const stepScreening: Step<ScreeningState, Fact, Order> = (state, fact) => {
  switch (state.phase) {
    case 'new':
      return begin(state, fact)
    case 'ended':
      return [state, missed(fact)]
    case 'connected':
      return talk(state, fact)
    default:
      return (
        goes(state, fact) ?? acts(state, fact) ?? letsIn(state, fact) ?? proceeds(state, fact) ?? [state, []]
      )
  }
}

/** Whoever comes when it is over is told so. */
function missed(fact: Fact): readonly Order[] {
  if (fact.kind === 'picked-up') return [{ kind: 'too-late', owner: fact.owner }]
  return fact.kind === 'handed-over' ? [{ kind: 'too-late', owner: fact.to }] : []
}

/** The caller may be gone before there is sound to offer, or there may be no sound that both understand. */
function begin(state: Extract<ScreeningState, { phase: 'new' }>, fact: Fact): Stepped {
  if (fact.kind === 'arrived') return arrive(state.plan)
  if (fact.kind === 'caller-cancelled') return [{ phase: 'ended' }, [{ kind: 'end', ending: 'abandoned' }]]
  if (fact.kind === 'caller-lost') return [{ phase: 'ended' }, [{ kind: 'end', ending: 'caller-lost' }]]
  return [state, []]
}

function arrive(plan: Plan): Stepped {
  if (plan.refusal !== null) {
    const refuse: Order = { kind: 'refuse', status: plan.refusal }
    return [{ phase: 'ended' }, [refuse, { kind: 'end', ending: 'sent-away' }]]
  }
  if (plan.ringMs <= 0 || plan.gate) return [{ phase: 'answering', plan, room: 'room' }, [{ kind: 'answer' }]]
  return [
    { phase: 'ringing', plan, room: 'room' },
    [{ kind: 'ring' }, { kind: 'set-timer', timer: 'ring', ms: plan.ringMs }],
  ]
}

/** The caller goes, or is lost. */
function goes(state: Screened, fact: Fact): Stepped | undefined {
  switch (fact.kind) {
    case 'caller-cancelled':
      return end(state, 'abandoned')
    case 'caller-hung-up':
      return end(state, endingOf(state))
    case 'caller-lost':
      return end(state, 'caller-lost')
    case 'media-lost':
      // While it rings there is no sound to lose, but without media there will be none: the caller hears "unavailable".
      return state.phase === 'ringing' ? refuse(state, 503, 'caller-lost') : hangUp(state, 'caller-lost')
    default:
      return undefined
  }
}

function endingOf(state: Screened): Ending {
  if (state.phase === 'menu') return 'let-in'
  return state.phase === 'closing' ? state.ending : 'caller-hung-up'
}

/** Who has typed the PIN hears the menu, wherever the call has come to meanwhile: nothing waited for the PIN to be checked. */
function letsIn(state: Screened, fact: Fact): Stepped | undefined {
  if (fact.kind !== 'let-in') return undefined
  switch (state.phase) {
    case 'gate':
    case 'ringback':
    case 'greeting':
    case 'beeping':
    case 'recording':
    case 'closing':
      return [{ phase: 'menu' }, [...leave(state), { kind: 'open-menu' }]]
    default:
      return undefined
  }
}

/** The owner acts. */
function acts(state: Screened, fact: Fact): Stepped | undefined {
  switch (fact.kind) {
    case 'picked-up':
      return [
        { phase: 'connected', owner: fact.owner, recording: false },
        [
          ...openedGate(state),
          ...leave(state),
          ...(state.phase === 'ringing' ? [{ kind: 'answer' } as const] : []),
          { kind: 'connect', owner: fact.owner },
        ],
      ]
    case 'answer-now':
      if (state.phase === 'ringing') return answer(state)
      return state.phase === 'gate' || state.phase === 'ringback' ? sendOn(state) : undefined
    case 'hang-up':
      return sendAway(state, 486)
    case 'block':
      return sendAway(state, 603)
    default:
      return undefined
  }
}

/** Who was answered and waits for somebody is told so; whoever hears the machine is just hung up on. */
function sendAway(state: Screened, status: number): Stepped {
  switch (state.phase) {
    case 'ringing':
      return refuse(state, status, 'sent-away')
    case 'gate':
    case 'ringback':
      return close(state, NOT_TAKEN, 'sent-away')
    default:
      return hangUp(state, 'sent-away')
  }
}

/** To the greeting, with nobody having taken the call. */
function sendOn(state: Extract<Screened, { phase: 'gate' | 'ringback' }>): Stepped {
  return after([...openedGate(state), ...leave(state)], greet(state.plan, state.room))
}

function openedGate({ phase }: Screened): readonly Order[] {
  return phase === 'gate' ? [{ kind: 'gate-over', went: 'opened' }] : []
}

/** The machine goes its way: ring, answer, ask, greet, beep, record, say goodbye. */
function proceeds(state: Screened, fact: Fact): Stepped | undefined {
  switch (state.phase) {
    case 'ringing':
      if (fact.kind === 'ring-time-over')
        // RFC 3261 §21.4.18: nobody is there, which is no word against whoever else rings for the same call.
        return state.plan.answers ? answer(state) : refuse(state, 480, 'abandoned')
      return noteFull(state, fact)

    case 'answering':
      if (fact.kind === 'caller-confirmed')
        return state.plan.gate ? ask(state, state.plan.gate) : greet(state.plan, state.room)
      return noteFull(state, fact)

    case 'gate':
      return passGate(state, fact)

    case 'ringback':
      if (fact.kind === 'ring-time-over') return sendOn(state)
      if (fact.kind === 'played' && fact.clip === state.plan.gate?.ringTone)
        return [state, [{ kind: 'play', clip: fact.clip }]]
      return noteFull(state, fact)

    case 'greeting':
      if (fact.kind === 'played' && fact.clip === state.clip) return beep(state.plan, state.room)
      // Who knows the machine may skip its greeting, as on most answering machines.
      if (fact.kind === 'digit' && fact.digit === '#') return beep(state.plan, state.room)
      return noteFull(state, fact)

    case 'beeping':
      if (fact.kind === 'played' && fact.clip === BEEP) return record(state.plan, state.room)
      return noteFull(state, fact)

    case 'recording':
      if (fact.kind === 'digit' && fact.digit === '#') return close(state, GOODBYE, 'completed')
      if (fact.kind === 'message-time-over') return close(state, TIME_OVER, 'completed')
      if (fact.kind === 'silent') return hangUp(state, 'completed')
      if (fact.kind === 'storage-full') return close(state, NO_ROOM, 'no-room')
      return undefined

    case 'closing':
      return fact.kind === 'played' && fact.clip === state.clip ? hangUp(state, state.ending) : undefined

    case 'menu':
      return fact.kind === 'menu-over' ? hangUp(state, 'let-in') : undefined

    default:
      return unreachable(state)
  }
}

function answer(state: Extract<Screened, { phase: 'ringing' }>): Stepped {
  return [{ phase: 'answering', plan: state.plan, room: state.room }, [...leave(state), { kind: 'answer' }]]
}

function ask({ plan, room }: Extract<Screened, { phase: 'answering' }>, question: Gate): Stepped {
  const [gate, orders] = openGate(question)
  return [{ phase: 'gate', plan, room, gate }, orders]
}

function passGate(before: Extract<Screened, { phase: 'gate' }>, fact: Fact): Stepped | undefined {
  const state = noteFull(before, fact)?.[0] ?? before
  const [gate, orders] = stepGate(state.gate, fact)
  if (gate === 'passed') return after([{ kind: 'gate-over', went: gate }, ...orders], ringBack(state))
  if (gate === 'failed') return after([{ kind: 'gate-over', went: gate }, ...orders], turnAway(state))
  return gate === before.gate && state === before ? undefined : [{ ...state, gate }, orders]
}

function turnAway({ plan, room }: Extract<Screened, { phase: 'gate' }>): Stepped {
  return greet(plan, room, NOT_PUT_THROUGH)
}

/** Phones ring, and the caller hears it as a telephone network would have it. */
function ringBack({ plan, room }: Extract<Screened, { phase: 'gate' }>): Stepped {
  if (!plan.gate || plan.ringMs <= 0) return greet(plan, room)
  return [
    { phase: 'ringback', plan, room },
    [
      { kind: 'play', clip: plan.gate.ringTone },
      { kind: 'set-timer', timer: 'ring', ms: plan.ringMs },
    ],
  ]
}

function greet(plan: Plan, room: Room, clip = plan.greeting): Stepped {
  if (room === 'no-room') return sayNoRoom()
  return [{ phase: 'greeting', plan, room, clip }, [{ kind: 'play', clip }]]
}

function beep(plan: Plan, room: Room): Stepped {
  if (room === 'no-room') return sayNoRoom()
  return [{ phase: 'beeping', plan, room }, [{ kind: 'play', clip: BEEP }]]
}

function record(plan: Plan, room: Room): Stepped {
  if (room === 'no-room') return sayNoRoom()
  return [
    { phase: 'recording' },
    [
      { kind: 'start-take', of: 'message' },
      { kind: 'set-timer', timer: 'message', ms: plan.longestMs },
    ],
  ]
}

function sayNoRoom(): Stepped {
  return [{ phase: 'closing', clip: NO_ROOM, ending: 'no-room' }, [{ kind: 'play', clip: NO_ROOM }]]
}

/** The message is over: says a last word, whose end hangs up. */
function close(state: Screened, clip: string, ending: Ending): Stepped {
  return [{ phase: 'closing', clip, ending }, [...leave(state), { kind: 'play', clip }]]
}

function hangUp(state: Screened, ending: Ending): Stepped {
  return [{ phase: 'ended' }, [...leave(state), { kind: 'hang-up' }, { kind: 'end', ending }]]
}

function refuse(state: Screened, status: number, ending: Ending): Stepped {
  return [{ phase: 'ended' }, [...leave(state), { kind: 'refuse', status }, { kind: 'end', ending }]]
}

function end(state: Screened, ending: Ending): Stepped {
  return [{ phase: 'ended' }, [...leave(state), { kind: 'end', ending }]]
}

function after(orders: readonly Order[], [state, next]: Stepped): Stepped {
  return [state, [...orders, ...next]]
}

/** Remembers that there is no room, so that the caller is told when it is its turn. */
function noteFull<State extends Extract<Screened, { room: Room }>>(
  state: State,
  fact: Fact,
): readonly [State, readonly Order[]] | undefined {
  return fact.kind === 'storage-full' ? [{ ...state, room: 'no-room' }, []] : undefined
}

/** What would outlive a state and must stop when it is left. A clip need not: the next one, or the end, replaces it. */
function leave(state: Screened): readonly Order[] {
  switch (state.phase) {
    case 'ringing':
    case 'ringback':
      return [{ kind: 'cancel-timer', timer: 'ring' }]
    case 'gate':
      return leaveGate(state.gate)
    case 'recording':
      return [{ kind: 'cancel-timer', timer: 'message' }, { kind: 'stop-take' }]
    case 'menu':
      return [{ kind: 'close-menu' }]
    case 'answering':
    case 'greeting':
    case 'beeping':
    case 'closing':
      return []
    default:
      return unreachable(state)
  }
}
