import { expect, it } from 'vitest'
import { chooseCall } from './choose-call.ts'
import type { Stage } from './facts.ts'

const at = (stage: Stage, arrivedAt: number, lineName = 'home') => ({ stage, call: { lineName, arrivedAt } })
const CALLS = [
  at('talking', 0),
  at('screening', 2),
  at('ringing', 4),
  at('ringing', 3),
  at('screening', 1, 'office'),
]

it('means the call that rings first, to talk', () => {
  expect(chooseCall(CALLS, 'talk')).toBe(CALLS[3])
  expect(chooseCall(CALLS, 'talk', 'office')).toBe(CALLS[4])
})

it('means the message that is left, to listen', () => {
  expect(chooseCall(CALLS, 'listen')).toBe(CALLS[4])
  expect(chooseCall(CALLS, 'listen', 'home')).toBe(CALLS[1])
})

it('means a call that somebody has only for want of another, and none that is over', () => {
  const taken = at('talking', 0)
  expect(chooseCall([taken, at('over', 0)], 'talk')).toBe(taken)
  expect(chooseCall([at('over', 0)], 'listen')).toBeUndefined()
})
