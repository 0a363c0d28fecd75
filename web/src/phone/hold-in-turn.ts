/** What of a JsSIP session is asked: false says that it can't be now. */
export interface Holdable {
  hold(options: object, done: () => void): boolean
  unhold(options: object, done: () => void): boolean
}

/**
 * Lets the other side wait, or go on, as was wanted last: while an offer is under way no other may be made (RFC 3261
 * §14.1), and what is wanted meanwhile is offered after it. Returns whether it is, or will be.
 */
export function holdInTurn(session: Holdable): (on: boolean) => boolean {
  let wanted = false
  let isUnderWay = false

  function offer(on: boolean): boolean {
    const done = () => {
      isUnderWay = false
      if (wanted !== on) offer(wanted)
    }
    isUnderWay = true
    const isBegun = on ? session.hold({}, done) : session.unhold({}, done)
    if (!isBegun) isUnderWay = false
    return isBegun
  }

  return (on) => {
    wanted = on
    return isUnderWay || offer(on)
  }
}
