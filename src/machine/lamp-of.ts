import type { LampCall } from '../owner/lamps/lamps.ts'
import type { ContactOf } from './contact-finder.ts'
import type { RunningCall } from './run-call.ts'

/** A call as the keys of phones show it: they flash while it rings and is greeted, and shine while somebody speaks. */
export function lampOf({ view, dialog }: RunningCall, contactOf: ContactOf): LampCall {
  return {
    id: view.id,
    line: view.lineName,
    mailboxId: view.mailboxId,
    dialog,
    state: view.phase === 'ringing' || view.phase === 'greeting' ? 'early' : 'confirmed',
    callerNumber: view.callerNumber,
    callerName: contactOf(view.callerNumber, view.callerE164)?.name ?? view.callerName,
  }
}
