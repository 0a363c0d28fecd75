import type { Leg, LegEvent } from '../leg/leg.ts'

/**
 * A leg that was answered before, lent to a call: to that call it is one whose phone has just called. When the call is over
 * it comes back to whoever had it, unless the phone has gone.
 *
 * @param onBack `answered`: there was a talk
 */
export function lendLeg(leg: Leg, onBack: (answered: boolean) => void): Leg {
  const owner = leg.onEvent
  let borrower: (event: LegEvent) => void = () => {}
  let answered = false
  let isLent = true

  const giveBack = (): void => {
    if (!isLent) return
    isLent = false
    leg.onEvent = owner
    leg.session?.hear(undefined)
    borrower({ kind: 'gone' })
    onBack(answered)
  }
  leg.onEvent = (event) => {
    borrower(event)
    if (event.kind !== 'gone') return
    isLent = false
    owner(event)
  }

  return {
    phone: leg.phone,
    closed: leg.closed,
    get dialog() {
      return leg.dialog
    },
    get session() {
      return isLent ? leg.session : undefined
    },
    get onEvent() {
      return borrower
    },
    set onEvent(onEvent) {
      borrower = onEvent
      queueMicrotask(() => isLent && borrower({ kind: 'ready' }))
    },
    ring() {},
    accept() {
      answered = true
    },
    refuse: giveBack,
    withdraw: giveBack,
    hangUp: giveBack,
  }
}
