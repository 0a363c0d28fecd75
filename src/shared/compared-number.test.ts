import { expect, it } from 'vitest'
import { areOne, compared } from './compared-number.ts'
import { keyedNumber, shareKey } from './number-keys.ts'

const germany = { country: 'DE', areaCode: null }

it.each([
  ['+47 22 12 34 56', '+1 472 212 3456', false],
  ['+65 6812 3456', '+1 656 812 3456', false],
  ['+49 30 1234567', '0049 30 1234567', true],
  ['+49 30 1234567', '030 1234567', true],
  ['+49 (0)30 1234567', '+49 30 1234567', true],
])('%s and %s, of who knows where: one number is %s', (one, other, same) => {
  expect(areOne(compared(one), compared(other))).toBe(same)
  expect(areOne(compared(other), compared(one))).toBe(same)
})

it('a local number is that of its country alone, where it is known', () => {
  expect(areOne(compared('030 1234567', germany), compared('+49301234567'))).toBe(true)
  expect(areOne(compared('030 1234567', germany), compared('+43301234567'))).toBe(false)
  expect(areOne(compared('1234567', germany, '+43301234567'), compared('+49301234567'))).toBe(false)
})

it.each([
  ['+1 203 555 0100', '012035550100', false],
  ['+49 1203 5550100', '012035550100', true],
  ['0049 1203 5550100', '012035550100', true],
  ['alice', 'Alice', true],
])('%s and %s, in Germany: a key is shared is %s', (one, other, same) => {
  expect(shareKey(keyedNumber(one, 'DE'), keyedNumber(other, 'DE'))).toBe(same)
  expect(shareKey(keyedNumber(other, 'DE'), keyedNumber(one, 'DE'))).toBe(same)
})

it('keys are shared as numbers are written where one is not known in E.164', () => {
  const known = keyedNumber('030 1234567', null, '+49301234567')
  expect(shareKey(known, keyedNumber('0301234567', null))).toBe(true)
  expect(shareKey(known, keyedNumber('0049301234567', null))).toBe(true)
  expect(shareKey(known, keyedNumber('1234567', null))).toBe(false)
})
