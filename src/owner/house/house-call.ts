import type { Clock } from '../../shared/clock.ts'
import type { DialogReference } from '../../sip/endpoint.ts'
import { isDialog } from '../leg/is-dialog.ts'
import type { Leg, LegEvent } from '../leg/leg.ts'
import { passedOn, refusalInside } from './refusal.ts'

/** A call between two phones of the house, or from one of them to somebody outside. */
export interface HouseCall {
  /**
   * The other side, for the one with this dialog who wants to give it away (attended transfer). Undefined when this is
   * no dialog of it, or nobody has answered.
   */
  askedBack(reference: DialogReference): AskedBack | undefined
  hangUp(): void
}

export interface AskedBack {
  readonly leg: Leg
  /** Takes it out of its call. */
  takeOver(): void
  /** Ends what is left of that. */
  letGo(): void
}

export type TransferEvent = Extract<LegEvent, { kind: 'transfer' }>

/** How long it may ring. Who called may have gone without a word, and the phone that rings does not know. */
const RING_MS = 120_000

/**
 * Runs a call from a phone to others: the first to answer has it. `callTargets` is asked once the calling phone's sound
 * is there; `onClosed` comes when nothing is left.
 */
export function runHouseCall(options: {
  readonly from: Leg
  readonly callTargets: () => readonly Leg[]
  readonly clock: Clock
  /** One side wants to give the other to a call of hers outside; accept or refuse it. */
  readonly onTransfer: (by: Leg, event: TransferEvent, other: AskedBack | undefined) => void
  /** What who calls is told of a refusal; what phones say stays in the house unless given. */
  readonly refusal?: (status: number | undefined) => number
  readonly onClosed: () => void
}): HouseCall {
  const { from, refusal = refusalInside } = options
  const legs = new Set<Leg>([from])
  let targets: readonly Leg[] = []
  let other: Leg | undefined
  let worst = 480
  let causes: readonly string[] | undefined
  let isHeard = false
  const ringing = options.clock.setTimer(RING_MS, () => giveUp())

  const forget = (leg: Leg): void => {
    legs.delete(leg)
    if (legs.size > 0) return
    ringing.cancel()
    options.onClosed()
  }
  const giveUp = (): void => {
    for (const leg of targets) leg.withdraw(false)
    if (legs.has(from)) from.refuse(480)
  }
  const everybodyLeaves = (but?: Leg): void => {
    for (const leg of legs) {
      if (leg === but) continue
      if (leg === from || leg === other) leg.hangUp(false, passedOn(causes))
      else leg.withdraw(other !== undefined)
    }
  }

  const otherThan = (giver: Leg): AskedBack | undefined => {
    const leg = giver === from ? other : from
    if (!leg || !other) return undefined
    return {
      leg,
      takeOver() {
        leg.session?.hear(undefined)
        legs.delete(leg)
        other = giver === other ? giver : undefined
      },
      letGo: () => giver.hangUp(false),
    }
  }

  const call = (): void => {
    targets = options.callTargets()
    for (const target of targets) {
      legs.add(target)
      target.onEvent = (event) => onTarget(target, event)
    }
    if (targets.length === 0) from.refuse(480)
  }

  const connect = (target: Leg): void => {
    from.session?.hear(target.session, { pace: 'as-it-comes' })
    target.session?.hear(from.session, { pace: 'as-it-comes' })
  }

  const onTarget = (target: Leg, event: LegEvent): void => {
    switch (event.kind) {
      case 'rings': {
        if (other || !legs.has(from)) return
        // The session of the first 183 stands for all forks: who calls has one sound to hear, whosever it is.
        if (!(event.heard && isHeard)) from.ring(event.heard)
        if (!event.heard) return
        isHeard = true
        return connect(target)
      }
      case 'ready': {
        if (other || !legs.has(from)) return target.hangUp(true)
        other = target
        ringing.cancel()
        from.accept()
        connect(target)
        for (const leg of targets) if (leg !== target) leg.withdraw(true)
        return
      }
      case 'transfer':
        return options.onTransfer(target, event, otherThan(target))
      case 'gone':
        forget(target)
        // Of several phones one that is busy says the most; outside there is one to ask.
        worst = targets.length > 1 ? Math.max(worst, refusal(event.status)) : refusal(event.status)
        causes = event.causes
        if (target === other) everybodyLeaves()
        else if (!other && legs.size === 1 && legs.has(from)) from.refuse(worst, passedOn(causes))
        return
      case 'digit':
        return
    }
  }

  from.onEvent = (event) => {
    switch (event.kind) {
      case 'ready':
        return call()
      case 'transfer':
        return options.onTransfer(from, event, otherThan(from))
      case 'gone':
        forget(from)
        causes = event.causes
        return everybodyLeaves()
      case 'rings':
      case 'digit':
        return
    }
  }

  return {
    askedBack(reference) {
      const giver = [from, other].find((leg) => leg !== undefined && isDialog(leg.dialog, reference))
      return giver && otherThan(giver)
    },
    hangUp: () => everybodyLeaves(),
  }
}
