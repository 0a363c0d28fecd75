import type { LampCall } from '../owner/lamps/lamps.ts'
import type { ContactOf } from './contact-finder.ts'
import { isHeldBack } from './live-view.ts'
import type { RunningCall } from './run-call.ts'

/**
 * A call as the keys of phones show it: they flash while it rings and is greeted, and shine while somebody speaks, or is
 * before a gate, of which nobody is to be told by a flash.
 */
export function lampOf({ view, dialog }: RunningCall, contactOf: ContactOf): LampCall {
  return {
    id: view.id,
    line: view.lineName,
    mailboxId: view.mailboxId,
    dialog,
    state:
      (view.phase === 'ringing' || view.phase === 'greeting') && !isHeldBack(view.gate)
        ? 'early'
        : 'confirmed',
    callerNumber: view.callerNumber,
    callerName: contactOf(view.callerNumber, view.callerE164)?.name ?? view.callerName,
  }
}
