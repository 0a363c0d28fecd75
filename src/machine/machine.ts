import type { CallOutcome } from '../store/model.ts'

/** Where a call stands, as the owner sees it. */
export type LivePhase = 'ringing' | 'greeting' | 'recording' | 'closing'

/** A call going on. */
export interface LiveCall {
  readonly id: string
  readonly lineId: string
  readonly lineName: string
  readonly mailboxId: string
  readonly callerNumber: string | null
  readonly callerName: string | null
  readonly arrivedAt: number
  readonly phase: LivePhase
  /** When the machine will answer; null once it has. */
  readonly answersAt: number | null
  readonly answeredAt: number | null
  /** When the message began; null before. */
  readonly recordingSince: number | null
}

/** What the owner may do to a call that goes on. */
export type OwnerAct = 'answer-now' | 'hang-up'

/** What the machine tells whoever watches it. */
export type MachineEvent =
  | { readonly kind: 'call-changed'; readonly call: LiveCall }
  /** A message was kept; it may come before or after the call's end. */
  | { readonly kind: 'message-added'; readonly messageId: string }
  | {
      readonly kind: 'call-ended'
      readonly callId: string
      readonly outcome: CallOutcome
      readonly messageId: string | null
    }
  | { readonly kind: 'health-changed'; readonly health: Health }

/** What keeps the machine from taking messages, in words from the error catalogue; empty when all is well. */
export interface Health {
  readonly problems: readonly { readonly code: string; readonly message: string }[]
  readonly draining: boolean
}

/** The running machine, as the API and main.ts see it. */
export interface Machine {
  liveCalls(): readonly LiveCall[]
  /** False when the call is over already, or the act makes no sense now. */
  act(callId: string, act: OwnerAct): boolean
  health(): Health
  /** Returns the unsubscribe. */
  watch(onEvent: (event: MachineEvent) => void): () => void
  /** Refuses new calls, lets those in progress finish (at most `patienceMs`), then resolves. */
  drain(patienceMs: number): Promise<void>
  close(): Promise<void>
}
