import { unreachable } from '../shared/step.ts'
import type { ActDetail, ActResult, OwnerAct } from './machine.ts'
import type { PhoneSide } from './phone-side.ts'
import type { RunningCall } from './run-call.ts'

/** Does what somebody wants done to a call, in the page or by a script. */
export function actOnCall(
  call: RunningCall,
  act: OwnerAct,
  by: string,
  { phone, on = true }: ActDetail,
  side: Pick<PhoneSide, 'phones'>,
): ActResult {
  switch (act) {
    case 'answer-now':
    case 'hang-up':
    case 'block':
      return call.act({ kind: act }) ? 'done' : 'over'
    case 'record':
      return call.act({ kind: on ? 'record-on' : 'record-off' }) ? 'done' : 'over'
    case 'pick-up':
      return summon(call, 'talk', by, phone, side)
    case 'listen':
      return summon(call, 'listen', by, phone, side)
    default:
      return unreachable(act)
  }
}

/**
 * Calls the phone that was named, which then answers by itself. Without a name it rings at every phone of the mailbox, and
 * whoever takes it has it: were they all to answer by themselves, the quickest device would win.
 */
function summon(
  { owner, view }: RunningCall,
  purpose: 'talk' | 'listen',
  by: string,
  name: string | undefined,
  { phones }: Pick<PhoneSide, 'phones'>,
): ActResult {
  if (owner.stage === 'talking') return 'taken'
  if (owner.stage === 'over' || owner.stage === 'waiting') return 'over'
  const wanted = name === undefined ? phones.ofMailbox(view.mailboxId) : [phones.byName(name)]
  const known = wanted.filter((phone) => phone !== undefined)
  if (known.length === 0) return 'phone-unknown'
  const autoAnswer = name !== undefined
  const called = known.filter((phone) => owner.summon(phone, { purpose, autoAnswer, by }))
  return called.length > 0 ? 'done' : 'phone-offline'
}
