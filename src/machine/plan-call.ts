import type { Plan } from '../call/plan.ts'
import { ringToneClip } from '../media/ring-tones.ts'
import { isInternal } from '../rules/is-internal.ts'
import { makePlan } from '../rules/make-plan.ts'
import type { Action } from '../rules/rule.ts'
import type { Entry } from './line-book.ts'

/** The plan of a call that arrives at this instant at this line, from this number, with the house as it is then. */
export function planCall(
  { line, mailbox, greetingClip }: Entry,
  number: string | null,
  action: Action,
  {
    machineOn,
    messagesWait,
    at,
  }: { readonly machineOn: boolean; readonly messagesWait: boolean; readonly at: number },
): Plan {
  return makePlan(
    {
      ...mailbox,
      machineOn,
      messagesWait,
      internal: isInternal(number, line.internalDigits) ? line.internal : null,
      ringSeconds: line.ringSeconds,
      tollSaverSeconds: line.tollSaverSeconds,
      greeting: (wanted) => greetingClip(at, wanted),
      ringTone: ringToneClip(line.country),
    },
    action,
  )
}
