import { expect, it } from 'vitest'
import { holdInTurn } from './hold-in-turn.ts'

/** A session that keeps what is offered, and takes no offer beside another. */
function scriptedSession() {
  const offered: string[] = []
  let pending: (() => void) | undefined
  const take = (what: string) => (_: object, done: () => void) => {
    if (pending) return false
    offered.push(what)
    pending = done
    return true
  }
  return {
    offered,
    hold: take('hold'),
    unhold: take('unhold'),
    answer() {
      const done = pending
      pending = undefined
      done?.()
    },
  }
}

it('RFC 3261 §14.1: offers what was wanted last once the offer before it is answered', () => {
  const session = scriptedSession()
  const hold = holdInTurn(session)
  expect(hold(true)).toBe(true)
  session.answer()
  expect(hold(false)).toBe(true)
  // The phone that was to be asked is busy, and another is asked at once.
  expect(hold(true)).toBe(true)
  expect(session.offered).toEqual(['hold', 'unhold'])
  session.answer()
  expect(session.offered).toEqual(['hold', 'unhold', 'hold'])
  session.answer()
  expect(session.offered).toHaveLength(3)
})

it('offers nothing that is no longer wanted, and says when nothing can be offered', () => {
  const session = scriptedSession()
  const hold = holdInTurn(session)
  hold(true)
  hold(false)
  hold(true)
  session.answer()
  expect(session.offered).toEqual(['hold'])
  const refusing = holdInTurn({ hold: () => false, unhold: () => false })
  expect(refusing(true)).toBe(false)
  expect(refusing(true)).toBe(false)
})
