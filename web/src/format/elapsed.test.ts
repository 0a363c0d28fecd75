import { expect, it } from 'vitest'
import { formatElapsed } from './elapsed.ts'

it('counts a second once it is over, and hours only when there are any', () => {
  expect(formatElapsed(0)).toBe('0:00')
  expect(formatElapsed(7_999)).toBe('0:07')
  expect(formatElapsed(754_000)).toBe('12:34')
  expect(formatElapsed(3_723_000)).toBe('1:02:03')
})

it('takes a negative time, from clocks that disagree, for none', () => {
  expect(formatElapsed(-5_000)).toBe('0:00')
})
