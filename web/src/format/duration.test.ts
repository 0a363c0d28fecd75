import { expect, it } from 'vitest'
import { formatDuration, formatLength } from './duration.ts'

it('writes minutes and seconds, and hours only when there are any', () => {
  expect(formatDuration(0)).toBe('0:00')
  expect(formatDuration(7_999)).toBe('0:07')
  expect(formatDuration(754_000)).toBe('12:34')
  expect(formatDuration(3_723_000)).toBe('1:02:03')
})

it('takes a negative length, from clocks that disagree, for none', () => {
  expect(formatDuration(-5_000)).toBe('0:00')
})

it('never shows a message with sound as 0:00 long', () => {
  expect(formatLength(400)).toBe('0:01')
  expect(formatLength(0)).toBe('0:00')
  expect(formatLength(61_000)).toBe('1:01')
})
