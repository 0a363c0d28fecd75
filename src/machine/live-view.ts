import type { Plan } from '../call/plan.ts'
import type { ScreeningState } from '../call/state.ts'
import type { OwnerView } from '../owner/call/run-owner-call.ts'
import type { CallerFacts } from '../rules/caller-facts.ts'
import type { DecidingRule } from '../rules/decide.ts'
import type { OwnerPlan } from '../rules/owner-plan.ts'
import type { Encrypted } from '../shared/encrypted.ts'
import { unreachable } from '../shared/step.ts'
import { writeNumber } from '../shared/telephone-number.ts'
import type { CallGate } from '../store/model.ts'
import type { Entry } from './line-book.ts'
import type { LiveCall, LivePhase } from './machine.ts'

/** A call that goes on, as the owner sees it. */
export function viewOf(facts: {
  readonly id: string
  readonly entry: Entry
  readonly caller: CallerFacts
  readonly plan: Plan
  readonly rule: DecidingRule | null
  readonly ours: OwnerPlan
  readonly state: ScreeningState
  readonly owner: OwnerView
  readonly gate: CallGate | null
  readonly arrivedAt: number
  /** When phones began to ring behind a gate. */
  readonly ringbackSince: number | null
  readonly answeredAt: number | null
  readonly recordingSince: number | null
  readonly encrypted: Encrypted
}): LiveCall {
  const { state, owner, caller, entry } = facts
  const { number, e164 } = caller
  const ringsSince = sinceWhen(facts)
  const ringsUntil = ringsSince === null ? null : ringsSince + facts.plan.ringMs
  return {
    id: facts.id,
    lineId: entry.line.id,
    lineName: entry.line.name,
    mailboxId: entry.mailbox.id,
    callerNumber: number,
    callerE164: e164,
    callerDisplay: number && writeNumber(number, e164, entry.line.country),
    callerName: caller.name,
    attestation: caller.attestation,
    rule: facts.rule,
    ringsAsEver: facts.ours.phones === null,
    junk: facts.ours.junk || facts.gate?.went === 'failed',
    arrivedAt: facts.arrivedAt,
    gate: facts.gate,
    phase: shownPhase(state),
    ringsSince,
    ringsUntil,
    answersAt: facts.plan.answers ? ringsUntil : null,
    answeredAt: facts.answeredAt,
    recordingSince: facts.recordingSince,
    ringing: owner.ringing,
    listeners: owner.listeners,
    pickedUpBy: owner.pickedUpBy,
    encrypted: facts.encrypted,
    recording: state.phase === 'recording' || (state.phase === 'connected' && state.recording),
  }
}

function sinceWhen({ state, arrivedAt, ringbackSince }: Parameters<typeof viewOf>[0]): number | null {
  if (state.phase === 'ringback') return ringbackSince
  return state.phase === 'ringing' ? arrivedAt : null
}

/** What the owner need not tell apart is one phase. */
function shownPhase(state: ScreeningState): LivePhase {
  const { phase } = state
  switch (phase) {
    case 'new':
      return state.plan.gate ? 'gate' : 'ringing'
    case 'ringing':
    case 'ringback':
      return 'ringing'
    case 'gate':
      return 'gate'
    case 'answering':
      return state.plan.gate ? 'gate' : 'greeting'
    case 'greeting':
    case 'beeping':
      return 'greeting'
    case 'recording':
      return 'recording'
    case 'connected':
      return 'connected'
    case 'menu':
      return 'remote'
    case 'closing':
    case 'ended':
      return 'closing'
    default:
      return unreachable(phase)
  }
}

/** The caller has not passed the gate, and nobody let him past it. */
export const isHeldBack = (gate: Pick<CallGate, 'went'> | null): boolean =>
  gate !== null && (gate.went === null || gate.went === 'failed')
