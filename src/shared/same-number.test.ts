import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparable, endingOf, isSameNumber } from './same-number.ts'

describe('numbers', () => {
  it.each([
    ['+49 (30) 12 345-67', '0049301234567'],
    ['+49301234567', '49301234567'],
    ['Max.Muster', 'max.muster'],
  ])('%s and %s are compared as one', (one, other) => {
    expect(comparable(one)).toBe(comparable(other))
  })

  it.each([
    ['+49 30 1234567', '030 1234567', true],
    ['+49 30 1234567', '1234567', true],
    ['+49 30 1234567', '+49 40 1234567', false],
    ['030 1234567', '040 1234567', false],
    ['+49 30 1234567', '234567', false], // too short to be told from an extension
    ['+49 (0)30 1234567', '+49301234567', true],
    ['0049(0)30 1234567', '030 1234567', true],
    ['**620', '620', true],
    ['620', '1620', false],
    ['muster', 'maxmuster', false],
    ['***', '##', false],
  ])('%s and %s: the same is %s', (one, other, same) => {
    expect(isSameNumber(comparable(one), comparable(other))).toBe(same)
    expect(isSameNumber(comparable(other), comparable(one))).toBe(same)
  })

  it('are the same only where their ending is', () => {
    const digits = fc.stringMatching(/^\d{1,12}$/).map(comparable)
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        if (isSameNumber(one, other)) expect(endingOf(one)).toBe(endingOf(other))
        expect(isSameNumber(one, one)).toBe(true)
      }),
    )
  })
})
