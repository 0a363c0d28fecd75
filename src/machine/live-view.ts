import type { Plan } from '../call/plan.ts'
import type { Phase, ScreeningState } from '../call/screening.ts'
import type { CallerIdentity } from '../caller/identity.ts'
import type { OwnerView } from '../owner/call/run-owner-call.ts'
import { unreachable } from '../shared/step.ts'
import type { Entry } from './line-book.ts'
import type { LiveCall, LivePhase } from './machine.ts'

/** A call that goes on, as the owner sees it. */
export function viewOf(facts: {
  readonly id: string
  readonly entry: Entry
  readonly identity: CallerIdentity
  readonly plan: Plan
  readonly state: ScreeningState
  readonly owner: OwnerView
  readonly arrivedAt: number
  readonly answeredAt: number | null
  readonly recordingSince: number | null
}): LiveCall {
  const { state, owner } = facts
  return {
    id: facts.id,
    lineId: facts.entry.line.id,
    lineName: facts.entry.line.name,
    mailboxId: facts.entry.mailbox.id,
    callerNumber: facts.identity.number,
    callerName: facts.identity.name,
    arrivedAt: facts.arrivedAt,
    phase: shownPhase(state.phase),
    answersAt: state.phase === 'ringing' && facts.plan.answers ? facts.arrivedAt + facts.plan.ringMs : null,
    answeredAt: facts.answeredAt,
    recordingSince: facts.recordingSince,
    ringing: owner.ringing,
    listeners: owner.listeners,
    pickedUpBy: owner.pickedUpBy,
    recording: state.phase === 'recording' || (state.phase === 'connected' && state.recording),
  }
}

/** What the owner need not tell apart is one phase. */
function shownPhase(phase: Phase): LivePhase {
  switch (phase) {
    case 'new':
    case 'ringing':
      return 'ringing'
    case 'answering':
    case 'greeting':
    case 'beeping':
      return 'greeting'
    case 'recording':
      return 'recording'
    case 'connected':
      return 'connected'
    case 'closing':
    case 'ended':
      return 'closing'
    default:
      return unreachable(phase)
  }
}
