import { type Step, unreachable } from '../shared/step.ts'
import type { Fact } from './facts.ts'
import { BEEP, type Ending, GOODBYE, NO_ROOM, type Order, TIME_OVER } from './orders.ts'
import type { Plan } from './plan.ts'

/**
 * Where a call stands.
 *
 *     new ─▶ ringing ─▶ answering ─▶ greeting ─▶ beeping ─▶ recording ─▶ closing ─▶ ended
 *               │           │            │           │           │
 *               └───────────┴────────────┴─ picked up ───────────┴──▶ connected ─▶ ended
 *                                        └── let in ─┴───────────┴──▶ menu ─▶ ended
 *
 * The caller may go, and the owner may act, in every one of them.
 */
export type ScreeningState =
  | { readonly phase: 'new'; readonly plan: Plan }
  | { readonly phase: 'ringing'; readonly plan: Plan; readonly room: Room }
  /** 200 is sent, the ACK is not here: the caller may not hear us yet. */
  | { readonly phase: 'answering'; readonly plan: Plan; readonly room: Room }
  | { readonly phase: 'greeting'; readonly plan: Plan; readonly room: Room }
  | { readonly phase: 'beeping'; readonly plan: Plan; readonly room: Room }
  | { readonly phase: 'recording' }
  /** A last word to the caller; at its end the machine hangs up. */
  | { readonly phase: 'closing'; readonly clip: string; readonly ending: Ending }
  /** It is the owner who has called: she hears her messages. */
  | { readonly phase: 'menu' }
  | { readonly phase: 'connected'; readonly owner: string; readonly recording: boolean }
  | { readonly phase: 'ended' }

export type Phase = ScreeningState['phase']

/** Whether a message can be recorded. */
type Room = 'room' | 'no-room'
type Stepped = readonly [ScreeningState, readonly Order[]]

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

type Connected = Extract<ScreeningState, { phase: 'connected' }>
/** The states in which the machine has the call to itself. */
type Screened = Exclude<ScreeningState, { phase: 'new' | 'connected' | 'ended' }>

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
  if (plan.ringMs <= 0) return [{ phase: 'answering', plan, room: 'room' }, [{ kind: 'answer' }]]
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
          ...leave(state),
          ...(state.phase === 'ringing' ? [{ kind: 'answer' } as const] : []),
          { kind: 'connect', owner: fact.owner },
        ],
      ]
    case 'answer-now':
      return state.phase === 'ringing' ? answer(state) : undefined
    case 'hang-up':
      return state.phase === 'ringing' ? refuse(state, 486, 'sent-away') : hangUp(state, 'sent-away')
    case 'block':
      return state.phase === 'ringing' ? refuse(state, 603, 'sent-away') : hangUp(state, 'sent-away')
    default:
      return undefined
  }
}

/** The machine goes its way: ring, answer, greet, beep, record, say goodbye. */
function proceeds(state: Screened, fact: Fact): Stepped | undefined {
  switch (state.phase) {
    case 'ringing':
      if (fact.kind === 'ring-time-over')
        // RFC 3261 §21.4.18: nobody is there, which is no word against whoever else rings for the same call.
        return state.plan.answers ? answer(state) : refuse(state, 480, 'abandoned')
      return noteFull(state, fact)

    case 'answering':
      if (fact.kind === 'caller-confirmed') return greet(state.plan, state.room)
      return noteFull(state, fact)

    case 'greeting':
      if (fact.kind === 'played' && fact.clip === state.plan.greeting) return beep(state.plan, state.room)
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

/** The owner and the caller talk; the machine waits for one of them to go, and records if it is told to. */
function talk(state: Connected, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'picked-up':
      return [state, [{ kind: 'too-late', owner: fact.owner }]]
    case 'owner-hung-up':
      return fact.owner === state.owner ? talked(state, { kind: 'hang-up' }) : [state, []]
    case 'handed-over':
      if (fact.from !== state.owner) return [state, [{ kind: 'too-late', owner: fact.to }]]
      return [{ ...state, owner: fact.to }, [{ kind: 'connect', owner: fact.to }]]
    case 'record-on':
      if (state.recording) return [state, []]
      return [
        { ...state, recording: true },
        [
          { kind: 'play', clip: BEEP },
          { kind: 'start-take', of: 'talk' },
        ],
      ]
    case 'record-off':
    case 'storage-full':
      return state.recording ? [{ ...state, recording: false }, stopRecording(state)] : [state, []]
    case 'hang-up':
    case 'block':
    case 'media-lost':
      return talked(state, { kind: 'hang-up' }, { kind: 'disconnect', owner: state.owner })
    case 'caller-cancelled':
    case 'caller-hung-up':
    case 'caller-lost':
      return talked(state, { kind: 'disconnect', owner: state.owner })
    default:
      return [state, []]
  }
}

function talked(state: Connected, ...orders: readonly Order[]): Stepped {
  return [{ phase: 'ended' }, [...stopRecording(state), ...orders, { kind: 'end', ending: 'talked' }]]
}

function stopRecording({ recording }: Connected): readonly Order[] {
  return recording ? [{ kind: 'stop-take' }] : []
}

function answer(state: Extract<Screened, { phase: 'ringing' }>): Stepped {
  return [{ phase: 'answering', plan: state.plan, room: state.room }, [...leave(state), { kind: 'answer' }]]
}

function greet(plan: Plan, room: Room): Stepped {
  if (room === 'no-room') return sayNoRoom()
  return [{ phase: 'greeting', plan, room }, [{ kind: 'play', clip: plan.greeting }]]
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

/** Remembers that there is no room, so that the caller is told when it is its turn. */
function noteFull(state: Extract<Screened, { room: Room }>, fact: Fact): Stepped | undefined {
  return fact.kind === 'storage-full' ? [{ ...state, room: 'no-room' }, []] : undefined
}

/** What would outlive a state and must stop when it is left. A clip need not: the next one, or the end, replaces it. */
function leave(state: Screened): readonly Order[] {
  switch (state.phase) {
    case 'ringing':
      return [{ kind: 'cancel-timer', timer: 'ring' }]
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
