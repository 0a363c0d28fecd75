import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { createTollGuard } from './toll-guard.ts'

const limits = { phones: null, atOnce: 2, perHour: 3 }

it('lets so many calls out at once through each line, and so many in any hour', () => {
  const clock = fakeClock()
  const guard = createTollGuard(clock)
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
  const guard = createTollGuard(fakeClock())
  for (let count = 0; count < 4; count++) guard.admit('home', '0301234', limits)
  for (const number of ['112', '110', '15'])
    expect(guard.admit('home', number, limits), number).toBeTypeOf('function')
})
