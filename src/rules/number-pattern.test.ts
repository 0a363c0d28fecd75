import { describe, expect, it } from 'vitest'
import { fitsNumber } from './number-pattern.ts'

const fitsIn = (written: string, number: string, country: string | null, e164: string | null = number) =>
  fitsNumber(written, { number, e164 }, { country, areaCode: null })

describe('the beginning of a number, as its country writes it,', () => {
  it.each([
    // Landlines keep their zero from abroad, mobiles have none.
    ['06*', '+390612345678', 'IT', true],
    ['03*', '+393331234567', 'IT', false],
    ['3*', '+393331234567', 'IT', true],
    ['6*', '+390612345678', 'IT', false],
    ['07*', '+2250712345678', 'CI', true],
    ['061*', '+3612345678', 'HU', true],
    ['06 30*', '+36301234567', 'HU', true],
    ['061*', '+36612345678', 'HU', false],
    ['1*', '+3612345678', 'HU', true],
    ['8 495*', '+74951234567', 'RU', true],
    ['812*', '+78121234567', 'RU', true],
    ['1 800*', '+18005550100', 'US', true],
    ['800*', '+18005550100', 'CA', true],
    ['030*', '+49301234567', 'DE', true],
    ['30*', '+49301234567', 'DE', true],
    ['0*', '+49301234567', 'DE', true],
    ['0?0*', '+49301234567', 'DE', true],
    ['030*', '+43301234567', 'DE', false],
    ['0039 06*', '+390612345678', 'DE', true],
    ['+39 3*', '+390312345678', 'IT', false],
  ])('%s fits %s in %s: %s', (written, number, country, fits) => {
    expect(fitsIn(written, number, country)).toBe(fits)
  })

  it.each([
    ['06*', '0612345678', '+390612345678', 'IT', true],
    ['03*', '3331234567', '+393331234567', 'IT', false],
    ['030*', '0301234567', null, null, true],
    ['+49 (0)30*', '0301234567', '+49301234567', 'DE', true],
    ['030*', '301234567', null, null, true],
    ['6?0', '620', null, 'DE', true],
    ['1*', '620', null, 'US', false],
  ])('%s fits %s (%s) in %s: %s', (written, number, e164, country, fits) => {
    expect(fitsIn(written, number, country, e164)).toBe(fits)
  })
})

describe('a whole number', () => {
  it.each([
    ['+47 22 12 34 56', '+14722123456', 'NO', false],
    ['+65 6812 3456', '+16568123456', null, false],
    ['+1 203 555 0100', '+12035550100', null, true],
    ['030 1234567', '+49301234567', 'DE', true],
    ['030 1234567', '+43301234567', 'DE', false],
    ['8 495 123-45-67', '+74951234567', 'RU', true],
    // Of which country is not known.
    ['030 1234567', '+49301234567', null, true],
    ['1234567', '+49301234567', 'DE', true],
  ])('%s fits %s in %s: %s', (written, number, country, fits) => {
    expect(fitsIn(written, number, country)).toBe(fits)
  })

  it('fits one that is not known in E.164 as it is written', () => {
    expect(fitsIn('+49 30 1234567', '0301234567', 'DE', null)).toBe(true)
    expect(fitsIn('620', '**620', 'DE', null)).toBe(true)
  })
})
