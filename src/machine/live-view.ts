import type { Plan } from '../call/plan.ts'
import type { Phase } from '../call/screening.ts'
import type { CallerIdentity } from '../caller/identity.ts'
import { unreachable } from '../shared/step.ts'
import type { Entry } from './line-book.ts'
import type { LiveCall, LivePhase } from './machine.ts'

/** A call that goes on, as the owner sees it. */
export function viewOf(facts: {
  readonly id: string
  readonly entry: Entry
  readonly identity: CallerIdentity
  readonly plan: Plan
  readonly phase: Phase
  readonly arrivedAt: number
  readonly answeredAt: number | null
  readonly recordingSince: number | null
}): LiveCall {
  return {
    id: facts.id,
    lineId: facts.entry.line.id,
    lineName: facts.entry.line.name,
    mailboxId: facts.entry.mailbox.id,
    callerNumber: facts.identity.number,
    callerName: facts.identity.name,
    arrivedAt: facts.arrivedAt,
    phase: shownPhase(facts.phase),
    answersAt: facts.phase === 'ringing' ? facts.arrivedAt + facts.plan.ringMs : null,
    answeredAt: facts.answeredAt,
    recordingSince: facts.recordingSince,
    ringing: [],
    listeners: [],
    pickedUpBy: null,
    recording: facts.phase === 'recording',
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
