import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { createUnhurried, PAUSE_MS } from './unhurried.ts'

function setUp() {
  const clock = fakeClock()
  const unhurried = createUnhurried(clock)
  const done: string[] = []
  const plan = (...names: string[]) => {
    for (const name of names) unhurried.later(() => done.push(`${name} at ${clock.monotonic()}`))
  }
  return { clock, unhurried, done, plan }
}

it('does nothing in the turn in which it is asked, then one thing after the other', () => {
  const { clock, done, plan } = setUp()
  plan('a', 'b', 'c')
  expect(done).toEqual([])
  clock.advance(2 * PAUSE_MS)
  expect(done).toEqual(['a at 0', `b at ${PAUSE_MS}`, `c at ${2 * PAUSE_MS}`])
  expect(clock.pending).toBe(0)
})

it('keeps the pause to what was done before', () => {
  const { clock, done, plan } = setUp()
  plan('a')
  clock.advance(1)
  plan('b')
  clock.advance(100)
  plan('c')
  clock.advance(0)
  expect(done).toEqual(['a at 0', `b at ${PAUSE_MS}`, 'c at 101'])
})

it('does several at a time when many wait, so that nobody waits for long', () => {
  const { clock, done, plan } = setUp()
  plan(...Array.from({ length: 400 }, (_, i) => `${i}`))
  clock.advance(0)
  expect(done).toHaveLength(20)
  clock.advance(100 * PAUSE_MS)
  expect(done).toHaveLength(400)
  expect(done.map((name) => Number.parseInt(name, 10))).toEqual([...done.keys()])
})

it('lets what is done ask for more, and goes on when something throws', () => {
  const { clock, unhurried, done, plan } = setUp()
  unhurried.later(() => plan('b'))
  unhurried.later(() => {
    throw new Error('no phone')
  })
  plan('a')
  expect(() => clock.advance(PAUSE_MS)).toThrow('no phone')
  clock.advance(100)
  expect(done).toEqual([`a at ${2 * PAUSE_MS}`, `b at ${3 * PAUSE_MS}`])
})

it('does the rest at once when there is no later', () => {
  const { clock, unhurried, done, plan } = setUp()
  plan('a', 'b')
  unhurried.finish()
  expect(done).toEqual(['a at 0', 'b at 0'])
  expect(clock.pending).toBe(0)
})
