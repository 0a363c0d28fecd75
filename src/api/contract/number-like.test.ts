import { expect, it } from 'vitest'
import { numberPattern, writtenNumber } from './number-like.ts'

const both = [
  '+49 30 1234567',
  '030/123-45',
  '+49\u00a030\u2011123',
  '(030) 12.34',
  '110',
  '000',
  '**610',
  '*21#',
  'spam.bot',
  'jürgen',
  'a@b.example',
]
const patterns = ['0900*', '0043*', '+43*', '030123?', '*1234', '(030) 12*', 'spam*']
const neither = [
  '00*',
  '00 *',
  '',
  '   ',
  '-',
  '(a+)+$',
  '[0-9]{3}',
  '^0900',
  'a b',
  'a|b',
  '1\n2',
  '1'.repeat(65),
  '12\u202e3',
]

it.each(both)('%s is a number', (text) => {
  expect(writtenNumber.safeParse(text).success).toBe(true)
  expect(numberPattern.safeParse(text).success).toBe(true)
})
it.each(patterns)('%s is a pattern', (text) => {
  expect(writtenNumber.safeParse(text).success).toBe(false)
  expect(numberPattern.safeParse(text).success).toBe(true)
})
it.each(neither)('"%s" is neither', (text) => {
  expect(writtenNumber.safeParse(text).success).toBe(false)
  expect(numberPattern.safeParse(text).success).toBe(false)
})
