import { expect, it } from 'vitest'
import { formatLength } from './length.ts'

it('rounds to seconds, and shows nothing that has a length as none', () => {
  expect([0, 1, 400, 1_499, 15_499, 15_500, 61_000].map(formatLength)).toEqual([
    '0:00',
    '0:01',
    '0:01',
    '0:01',
    '0:15',
    '0:16',
    '1:01',
  ])
  expect(formatLength(754_400)).toBe('12:34')
  expect(formatLength(3_599_600)).toBe('1:00:00')
  expect(formatLength(3_723_000)).toBe('1:02:03')
})
