import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { createTollGuard } from '../owner/house/toll-guard.ts'
import { silentLog } from '../shared/log.ts'
import { openCallsOutBook } from './calls-out-book.ts'

const limits = { phones: null, atOnce: 9, perHour: 2 }

it('has calls out counted over a restart, as long as they would have been without', async () => {
  const clock = fakeClock()
  const kept = new Map<string, string>()
  const settings = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
  }
  const start = async () =>
    createTollGuard(clock, await openCallsOutBook({ store: { settings }, clock, log: silentLog }))
  const before = await start()
  const call = (guard: typeof before, line = 'home') => typeof guard.admit(line, '0301234', limits)
  expect([call(before), call(before), call(before, 'office')]).toEqual(['function', 'function', 'function'])
  await expect.poll(() => kept.get('calls-out')).toContain('office')
  clock.advance(3_599_000)
  const after = await start()
  expect([call(after), call(after, 'office')]).toEqual(['string', 'function'])
  clock.advance(1000)
  expect(call(after)).toBe('function')
  await expect.poll(() => JSON.parse(kept.get('calls-out') ?? '').office).toHaveLength(1)
  expect(call(await start(), 'office')).toBe('function')
})
