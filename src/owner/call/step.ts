import { type Step, unreachable } from '../../shared/step.ts'
import type { Decision } from './ask-before-talk.ts'
import type { OwnerFact, OwnerOrder, Purpose, Stage } from './facts.ts'
import type { Leg, OwnerSide } from './state.ts'
import { beginTransfer, endTransfer, targetGone } from './transfer.ts'

type Stepped = readonly [OwnerSide, readonly OwnerOrder[]]

/**
 * The owner's side of a call: which phones ring, who listens, who talks. It decides about phones only; whether somebody
 * may have the caller is the screening machine's decision, which it asks by `act` and obeys by `connect` and `too-late`.
 */
export const stepOwnerSide: Step<OwnerSide, OwnerFact, OwnerOrder> = (side, fact) => {
  switch (fact.kind) {
    case 'stage':
      return moveOn(side, fact.stage)
    case 'calling':
      return called(side, fact)
    case 'asks':
      return asked(side, fact)
    case 'rings':
      return side.transfer?.targets.has(fact.leg)
        ? [side, [{ kind: 'tell-transfer', status: 180 }]]
        : [side, []]
    case 'answered':
      return answered(side, fact.leg, fact.asksFirst)
    case 'decided':
      return decided(side, fact.leg, fact.decision)
    case 'wants-to-talk': {
      const leg = side.legs.get(fact.leg)
      return leg?.stage === 'listening' ? claim(side, fact.leg, leg) : [side, []]
    }
    case 'gone':
      return gone(side, fact.leg, fact.status)
    case 'connect':
      return connect(side, fact.leg)
    case 'too-late':
    case 'disconnect':
      return dismiss(side, fact.leg)
    case 'transfer':
      return beginTransfer(side, fact.leg)
    case 'transfer-failed':
      return endTransfer(side, fact.status)
    case 'adopted': {
      const leg: Leg = { phone: fact.phone, purpose: 'transfer', stage: 'claiming', up: true }
      return claim(side, fact.leg, leg)
    }
    default:
      return unreachable(fact)
  }
}

/** The screening machine has moved on: phones stop ringing when it answers, speakers begin, at the end all is let go. */
function moveOn(side: OwnerSide, stage: Stage): Stepped {
  if (stage === side.stage || side.stage === 'over') return [side, []]
  const next = { ...side, stage }
  switch (stage) {
    case 'waiting':
      return [side, []]
    case 'quiet':
      return [next, []]
    case 'ringing':
      return [next, [{ kind: 'ring-phones' }]]
    case 'screening': {
      // Who is just hearing who calls may still have the caller, from the greeting or the message.
      const rings = (leg: Leg) => leg.purpose === 'ring' && leg.stage !== 'deciding'
      const [after, orders] = release(next, rings, false)
      return [after, [...orders, { kind: 'call-speakers' }]]
    }
    case 'talking': // `connect` has let the others go
      return [next, []]
    case 'over':
      return release(withoutTransfer(next), () => true, false)
    default:
      return unreachable(stage)
  }
}

function called(side: OwnerSide, { leg, phone, purpose }: OwnerFact & { kind: 'calling' }): Stepped {
  const next = put(side, leg, { phone, purpose, stage: 'calling', up: true })
  if (!makesSense(side, purpose)) return release(next, (_, id) => id === leg, side.stage === 'talking')
  if (purpose !== 'transfer' || !side.transfer) return [next, []]
  const targets = new Set(side.transfer.targets).add(leg)
  return [{ ...next, transfer: { ...side.transfer, targets } }, []]
}

/** Whether a phone that is being called for this may still be wanted. */
function makesSense({ stage, transfer }: OwnerSide, purpose: Purpose): boolean {
  switch (purpose) {
    case 'ring':
      return stage === 'ringing'
    case 'speaker':
      return stage === 'screening'
    case 'talk':
    case 'listen':
      return stage === 'quiet' || stage === 'ringing' || stage === 'screening'
    case 'transfer':
      return transfer !== undefined
    default:
      return unreachable(purpose)
  }
}

/** A phone has called us: to talk, or to listen. A conversation is private: nobody listens to that. */
function asked(side: OwnerSide, { leg, phone, purpose }: OwnerFact & { kind: 'asks' }): Stepped {
  if (purpose === 'talk') return claim(side, leg, { phone, purpose, stage: 'claiming', up: false })
  if (side.stage === 'talking' || side.stage === 'over')
    return [side, [{ kind: 'refuse', leg, status: side.stage === 'over' ? 481 : 486 }]]
  const next = put(side, leg, { phone, purpose, stage: 'listening', up: true })
  return [
    next,
    [
      { kind: 'accept', leg },
      { kind: 'hear', leg },
    ],
  ]
}

function answered(side: OwnerSide, id: string, asksFirst = false): Stepped {
  const leg = side.legs.get(id)
  if (!leg || (leg.stage !== 'calling' && leg.stage !== 'withdrawn')) return [side, []]
  // Another place of the same phone was quicker, or the transfer was given up: the caller is not to be taken once more.
  const late = leg.purpose === 'transfer' && !side.transfer
  if (late)
    return [put(side, id, { ...leg, stage: 'leaving' }), [{ kind: 'hang-up', leg: id, elsewhere: true }]]
  const isOpen = side.stage === 'ringing' || side.stage === 'screening'
  if (leg.purpose === 'ring' && asksFirst && isOpen)
    return [put(side, id, { ...leg, stage: 'deciding' }), [{ kind: 'ask', leg: id }]]
  if (leg.purpose === 'ring' || leg.purpose === 'talk' || leg.purpose === 'transfer')
    return claim(side, id, leg)
  if (leg.stage === 'withdrawn' || side.stage === 'talking' || side.stage === 'over')
    return [put(side, id, { ...leg, stage: 'leaving' }), [{ kind: 'hang-up', leg: id, elsewhere: false }]]
  return [put(side, id, { ...leg, stage: 'listening' }), [{ kind: 'hear', leg: id }]]
}

/** Whoever was told who calls has said what she wants. Who says nothing is let go, and others go on ringing. */
function decided(side: OwnerSide, id: string, decision: Decision): Stepped {
  const leg = side.legs.get(id)
  if (leg?.stage !== 'deciding') return [side, []]
  if (decision === 'take') return claim(side, id, leg)
  const next = put(side, id, { ...leg, stage: 'leaving' })
  const hangUp: OwnerOrder = { kind: 'hang-up', leg: id, elsewhere: false }
  const act = decision === 'block' ? 'block' : side.stage === 'ringing' ? 'answer-now' : undefined
  if (decision === 'none' || !act) return [next, [hangUp]]
  return [next, [hangUp, { kind: 'do', act, phone: leg.phone }]]
}

/** Puts a leg before the screening machine. */
function claim(side: OwnerSide, id: string, leg: Leg): Stepped {
  const next = put(side, id, { ...leg, stage: 'claiming' })
  if (leg.purpose === 'transfer')
    return [
      next,
      [{ kind: 'act', act: { kind: 'handed-over', from: side.transfer?.by ?? side.talker ?? '', to: id } }],
    ]
  return [next, [{ kind: 'act', act: { kind: 'picked-up', owner: id } }]]
}

/** The screening machine gives the caller to this leg; everybody else hears that it is somebody else's. */
function connect(side: OwnerSide, id: string): Stepped {
  const leg = side.legs.get(id)
  // It has hung up in this very moment: it picked up, so that is how the call ends.
  if (!leg) return [side, [{ kind: 'act', act: { kind: 'owner-hung-up', owner: id } }]]
  const told: readonly OwnerOrder[] = side.transfer ? [{ kind: 'tell-transfer', status: 200 }] : []
  const taken = put(withoutTransfer(side), id, { ...leg, stage: 'talking', up: true })
  const [next, orders] = release({ ...taken, talker: id }, (_, other) => other !== id, true)
  return [
    next,
    [
      ...(leg.up ? [] : [{ kind: 'accept', leg: id } as const]),
      { kind: 'talk', leg: id },
      ...told,
      ...orders,
    ],
  ]
}

/** The caller is gone, or somebody else's. */
function dismiss(side: OwnerSide, id: string): Stepped {
  const leg = side.legs.get(id)
  if (!leg || leg.stage === 'leaving') return [side, []]
  const next = put(side, id, { ...leg, stage: 'leaving' })
  return leg.up
    ? [next, [{ kind: 'hang-up', leg: id, elsewhere: side.talker !== id }]]
    : [without(side, id), [{ kind: 'refuse', leg: id, status: side.stage === 'over' ? 481 : 486 }]]
}

function gone(side: OwnerSide, id: string, status = 480): Stepped {
  if (!side.legs.has(id)) return [side, []]
  const next = without(side, id)
  if (side.transfer?.targets.has(id)) return targetGone(next, id, status)
  if (side.talker !== id || side.stage === 'over') return [next, []]
  if (side.transfer) return [{ ...next, transfer: { ...side.transfer, left: true } }, []]
  return [next, [{ kind: 'act', act: { kind: 'owner-hung-up', owner: id } }]]
}

/** Lets go of the legs that `whose` names. */
function release(side: OwnerSide, whose: (leg: Leg, id: string) => boolean, elsewhere: boolean): Stepped {
  let next = side
  const orders: OwnerOrder[] = []
  for (const [id, leg] of side.legs) {
    if (!whose(leg, id)) continue
    switch (leg.stage) {
      case 'calling':
        next = put(next, id, { ...leg, stage: 'withdrawn' })
        orders.push({ kind: 'withdraw', leg: id, elsewhere })
        break
      case 'deciding':
      case 'listening':
      case 'talking':
        next = put(next, id, { ...leg, stage: 'leaving' })
        orders.push({ kind: 'hang-up', leg: id, elsewhere })
        break
      case 'claiming': // the screening machine's answer is on its way
      case 'withdrawn':
      case 'leaving':
        break
      default:
        unreachable(leg.stage)
    }
  }
  return [next, orders]
}

function put(side: OwnerSide, id: string, leg: Leg): OwnerSide {
  return { ...side, legs: new Map(side.legs).set(id, leg) }
}

function without(side: OwnerSide, id: string): OwnerSide {
  const legs = new Map(side.legs)
  legs.delete(id)
  return { ...side, legs }
}

function withoutTransfer({ transfer: _, ...side }: OwnerSide): OwnerSide {
  return side
}
