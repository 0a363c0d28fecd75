import type { GateState } from './gate.ts'
import type { Ending, Order } from './orders.ts'
import type { Plan } from './plan.ts'

/**
 * Where a call stands.
 *
 *     new ─▶ ringing ─▶ answering ─▶ greeting ─▶ beeping ─▶ recording ─▶ closing ─▶ ended
 *               │           │            │           │           │
 *               └───────────┴────────────┴─ picked up ───────────┴──▶ connected ─▶ ended
 *                                        └── let in ─┴───────────┴──▶ menu ─▶ ended
 *
 * Where the plan has a gate, the machine answers at once, and phones ring behind it:
 *
 *     new ─▶ answering ─▶ gate ── passed ─▶ ringback ─▶ greeting …
 *                          └───── failed ─▶ greeting (other words) … junk
 *
 * The caller may go, and the owner may act, in every one of them.
 */
export type ScreeningState =
  | { readonly phase: 'new'; readonly plan: Plan }
  | { readonly phase: 'ringing'; readonly plan: Plan; readonly room: Room }
  /** 200 is sent, the ACK is not here: the caller may not hear us yet. */
  | { readonly phase: 'answering'; readonly plan: Plan; readonly room: Room }
  | { readonly phase: 'gate'; readonly plan: Plan; readonly room: Room; readonly gate: GateState }
  /** The caller has passed the gate and hears it ring. */
  | { readonly phase: 'ringback'; readonly plan: Plan; readonly room: Room }
  /** `clip`: what is heard before the beep. */
  | { readonly phase: 'greeting'; readonly plan: Plan; readonly room: Room; readonly clip: string }
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
export type Room = 'room' | 'no-room'
export type Stepped = readonly [ScreeningState, readonly Order[]]

export type Connected = Extract<ScreeningState, { phase: 'connected' }>
/** The states in which the machine has the call to itself. */
export type Screened = Exclude<ScreeningState, { phase: 'new' | 'connected' | 'ended' }>
