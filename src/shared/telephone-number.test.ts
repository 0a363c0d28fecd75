import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toE164, trunkPrefixOf, writeNumber } from './telephone-number.ts'

const berlin = { country: 'DE', areaCode: '30' }
const germany = { country: 'DE', areaCode: null }
const canada = { country: 'CA', areaCode: '613' }
const nowhere = { country: null, areaCode: null }

it.each([
  // International, whoever reads it.
  ['+49301234567', nowhere, '+49301234567'],
  ['+49 (0)30 123-4567', nowhere, '+49301234567'],
  ['0049301234567', germany, '+49301234567'],
  ['0114930123456', canada, '+4930123456'],
  ['+16135550123', germany, '+16135550123'],
  // National.
  ['030 1234567', germany, '+49301234567'],
  ['0301234567', nowhere, null],
  ['16135550123', canada, '+16135550123'],
  ['6135550123', canada, '+16135550123'],
  ['33123456', { country: 'DK', areaCode: null }, '+4533123456'],
  ['0612345678', { country: 'IT', areaCode: null }, '+390612345678'],
  // Without the prefix that says what it is.
  ['49301234567', germany, '+49301234567'],
  ['301234567', germany, '+49301234567'],
  // Local.
  ['1234567', berlin, '+49301234567'],
  ['1234567', { country: 'DE', areaCode: '030' }, '+49301234567'],
  ['1234567', germany, null],
  ['5550123', canada, '+16135550123'],
  ['301234567', berlin, '+49301234567'],
  ['5551234', { country: 'IT', areaCode: '06' }, '+39065551234'],
  // What belongs to the house, or to nobody.
  ['620', berlin, null],
  ['**620', berlin, null],
  ['1234', berlin, null],
  ['116117', berlin, null],
  ['alice', berlin, null],
  ['+4930', berlin, null],
  ['+999123456', berlin, null],
  ['', berlin, null],
])('reads %s (%j) as %s', (number, numbering, e164) => {
  expect(toE164(number, numbering)).toBe(e164)
})

it('reads a local number by its phone-context (RFC 3966 §5.1.5)', () => {
  expect(toE164('1234567', nowhere, '+4930')).toBe('+49301234567')
  expect(toE164('301234567', nowhere, '+49')).toBe('+49301234567')
  expect(toE164('0301234567', germany, 'example.com')).toBe('+49301234567')
})

it('writes numbers as people do where they are', () => {
  expect(writeNumber('0049301234567', '+49301234567', 'DE')).toBe('030 1234567')
  expect(writeNumber('0049301234567', '+49301234567', 'AT')).toBe('+49 30 1234567')
  expect(writeNumber('0301234567', '+49301234567', null)).toBe('+49 30 1234567')
  expect(writeNumber('+16135550123', '+16135550123', 'US')).toBe('(613) 555-0123')
  expect(writeNumber('620', null, 'DE')).toBe('620')
})

it('makes E.164 or nothing of whatever comes (E.164: at most 15 digits, and some countries more)', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(berlin, canada, nowhere), (text, numbering) => {
      expect(toE164(text, numbering) ?? '+1000').toMatch(/^\+[1-9]\d{3,17}$/)
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9 ().-]{0,45}$/), (text) => {
      expect(toE164(text, berlin) ?? '+1000').toMatch(/^\+[1-9]\d{3,17}$/)
    }),
  )
})

it.each([
  ['DE', '0'],
  ['HU', '06'],
  ['RU', '8'],
  ['CA', '1'],
  ['IT', ''],
  ['VA', ''],
  ['ES', ''],
  ['XX', ''],
])('in %s the trunk prefix is %j', (country, prefix) => expect(trunkPrefixOf(country)).toBe(prefix))
