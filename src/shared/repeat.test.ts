import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { repeat } from './repeat.ts'

it('is done again as long after its end as it says, until it is disposed of', async () => {
  const clock = fakeClock()
  const done: number[] = []
  const repeated = repeat(clock, 100, async () => {
    done.push(clock.monotonic())
    return done.length * 1000
  })
  await clock.advanceAsync(3200)
  expect(done).toEqual([100, 1100, 3100])
  repeated[Symbol.dispose]()
  await clock.advanceAsync(10_000)
  expect(done).toHaveLength(3)
  expect(clock.pending).toBe(0)
})

it('is not done again when it is disposed of meanwhile', async () => {
  const clock = fakeClock()
  const act = Promise.withResolvers<number>()
  const repeated = repeat(clock, 0, () => act.promise)
  await clock.advanceAsync(1)
  repeated[Symbol.dispose]()
  act.resolve(1000)
  await clock.advanceAsync(10_000)
  expect(clock.pending).toBe(0)
})
