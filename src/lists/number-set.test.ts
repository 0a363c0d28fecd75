import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectNumbers } from './collect-numbers.ts'
import { hasNumber, NO_NUMBERS, sizeOf } from './number-set.ts'
import { packNumbers, unpackNumbers } from './pack-numbers.ts'

const listOf = (country: string | null, ...written: string[]) => {
  const into = collectNumbers(country)
  for (const one of written) into.add(one)
  return { numbers: into.collect(), skipped: into.skipped }
}

describe('numbers of a list', () => {
  it('are found however they are written, in its country', () => {
    const { numbers, skipped } = listOf(
      'DE',
      '030 1234567',
      '+49 (40) 555-66',
      '004312345678',
      '+4915112345678',
    )
    expect(skipped).toBe(0)
    for (const e164 of ['+49301234567', '+494055566', '+4312345678', '+4915112345678'])
      expect(hasNumber(numbers, e164, e164)).toBe(true)
    expect(hasNumber(numbers, '0301234567', '+49301234567')).toBe(true)
    for (const e164 of ['+49301234568', '+43301234567', '+4930123456', '+493012345670'])
      expect(hasNumber(numbers, e164, e164)).toBe(false)
  })

  it('may be beginnings, with + or 00 as from abroad, else in its country', () => {
    const { numbers, skipped } = listOf('DE', '0900*', '+44 909*', '0033 89*', '030 555*')
    expect(skipped).toBe(0)
    for (const e164 of ['+499001', '+49900123456', '+4490912', '+3389', '+4930555123'])
      expect(hasNumber(numbers, e164, e164)).toBe(true)
    for (const e164 of ['+4990112345', '+44900123', '+1900123', '+49305545'])
      expect(hasNumber(numbers, e164, e164)).toBe(false)
  })

  it.each([
    ['IT', '06*', '+390612345678', true],
    ['IT', '03*', '+393331234567', false],
    ['HU', '061*', '+3612345678', true],
    ['RU', '8 495*', '+74951234567', true],
    ['US', '1 900*', '+19005550100', true],
    ['US', '900*', '+19005550100', true],
  ])('in %s: %s is a beginning of %s: %s', (country, written, e164, has) => {
    expect(hasNumber(listOf(country, written).numbers, e164, e164)).toBe(has)
  })

  it('are compared as they are written where no country is known', () => {
    const { numbers, skipped } = listOf(null, '030 1234567', '0900*', '110')
    expect(skipped).toBe(1)
    expect(hasNumber(numbers, '0301234567', null)).toBe(true)
    expect(hasNumber(numbers, '030 123456-7', null)).toBe(true)
    expect(hasNumber(numbers, '110', null)).toBe(true)
    expect(hasNumber(numbers, '0301234568', null)).toBe(false)
    expect(hasNumber(numbers, 'alice', null)).toBe(false)
  })

  it.each([
    'alice',
    '<html>',
    '',
    '12',
    '+',
    '*',
    '+4*',
    '1*2',
    '0900**',
    '+123456789012345678',
    '030-1234567 x',
  ])('leave %j out', (written) => expect(listOf('DE', written)).toMatchObject({ skipped: 1 }))

  it('are not on the list where they are allowed, and no longer where they are removed', () => {
    const into = collectNumbers('DE')
    for (const one of ['+49301', '+4930111111', '+4930222222', '+4930333333']) into.add(one)
    into.allow('+4930111111')
    into.remove('030 222222')
    into.addOwn('030 444444')
    into.addOwn('0180*')
    const numbers = into.collect()
    const has = (e164: string) => hasNumber(numbers, e164, e164)
    expect(['+4930111111', '+4930222222', '+4930333333', '+4930444444', '+4918012'].map(has)).toEqual([
      ...[false, false, true, true, true],
    ])
  })

  it('are bounded', () => {
    const into = collectNumbers('DE')
    expect(() => {
      for (let beginning = 1_000_000; beginning < 1_030_000; beginning++) into.add(`+49${beginning}*`)
    }).toThrow(expect.objectContaining({ code: 'AP_LIST_TOO_LONG' }))
  })

  it('come out of their bytes as they went in', () => {
    const number = fc.integer({ min: 1, max: 999_999_999_999_999 })
    const sorted = fc.uniqueArray(number).map((all) => Float64Array.from(all).sort())
    fc.assert(
      fc.property(
        fc.record({
          world: sorted,
          local: sorted,
          allowed: sorted,
          patterns: fc.uniqueArray(fc.stringMatching(/^\d{3,9}\*$/)),
        }),
        ({ patterns, ...parts }) => {
          const set = { ...parts, patterns: new Set(patterns) }
          expect(unpackNumbers(packNumbers(set))).toEqual(set)
          for (const one of set.world)
            expect(hasNumber({ ...set, allowed: new Float64Array() }, '', `+${one}`)).toBe(true)
        },
      ),
    )
  })

  it('are none in bytes that are none of ours, and take no memory that there is not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sizeOf(unpackNumbers(bytes))).toBeLessThanOrEqual(bytes.length * 3)
      }),
    )
    expect(unpackNumbers(new Uint8Array())).toEqual(NO_NUMBERS)
  })
})
