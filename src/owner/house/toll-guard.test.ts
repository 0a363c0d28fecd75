import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { createTollGuard, type TollMemory } from './toll-guard.ts'

const forgetful: TollMemory = { agesMs: new Map(), keep() {} }
const limits = { phones: null, atOnce: 2, perHour: 3 }

it('lets so many calls out at once through each line, and so many in any hour', () => {
  const clock = fakeClock()
  const guard = createTollGuard(clock, forgetful)
  const call = (line = 'home', number = '0301234') => guard.admit(line, number, limits)
  const first = call()
  expect(first).toBeTypeOf('function')
  call()
  expect(call()).toBe('at-once')
  expect(call('office')).toBeTypeOf('function')
  if (typeof first === 'function') {
    first()
    first()
  }
  const third = call()
  expect(third).toBeTypeOf('function')
  if (typeof third === 'function') third()
  expect(call()).toBe('per-hour')
  clock.advance(3_599_999)
  expect(call()).toBe('per-hour')
  clock.advance(1)
  expect(call()).toBeTypeOf('function')
})

it('keeps nobody from an emergency number', () => {
  const guard = createTollGuard(fakeClock(), forgetful)
  for (let count = 0; count < 4; count++) guard.admit('home', '0301234', limits)
  for (const number of ['112', '110', '15'])
    expect(guard.admit('home', number, limits), number).toBeTypeOf('function')
})

it('counts what was placed before it began, and tells what the next one has to count', () => {
  const clock = fakeClock()
  let kept: ReadonlyMap<string, readonly number[]> = new Map()
  const memoryOf = (agesMs: typeof kept): TollMemory => ({
    agesMs,
    keep(ages) {
      kept = ages
    },
  })
  const first = createTollGuard(clock, memoryOf(new Map([['gone', [3_600_001]]])))
  const end = (guard: typeof first) => {
    const admitted = guard.admit('home', '0301234', limits)
    return typeof admitted === 'function' ? admitted() : admitted
  }
  for (let count = 0; count < 3; count++) {
    end(first)
    clock.advance(1000)
  }
  first.admit('home', '112', limits)
  expect([...kept]).toEqual([['home', [2000, 1000, 0]]])
  const second = createTollGuard(clock, memoryOf(kept))
  expect(end(second)).toBe('per-hour')
  clock.advance(3_598_000)
  expect(end(second)).toBeUndefined()
  expect(end(second)).toBe('per-hour')
})
