import { expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { callerDetail, callerTitle } from './caller.ts'
import { formatNumber, loadNumberFormats } from './phone-number.ts'

const number = '+442079460123'
const display = '020 7946 0123'
const known = { callerNumber: number, callerE164: number, callerDisplay: display }

it('puts the name first and the number second', () => {
  const caller = { contact: null, callerName: 'Ruth', ...known }
  expect(callerTitle(caller, en)).toBe('Ruth')
  expect(callerTitle({ ...caller, contact: { name: 'Mum' } }, en)).toBe('Mum')
  expect(callerDetail(caller)).toBe(display)
})

it('shows the number alone where there is no name, or a name that repeats it', () => {
  for (const callerName of [null, ' ', number]) {
    expect(callerTitle({ contact: null, callerName, ...known }, en)).toBe(display)
    expect(callerDetail({ contact: null, callerName, ...known })).toBeNull()
  }
})

it('says so when the caller withheld both', () => {
  expect(
    callerTitle(
      { contact: null, callerName: null, callerNumber: null, callerE164: null, callerDisplay: null },
      en,
    ),
  ).toBe('Number withheld')
})

it('writes numbers as people do once the formats are there, and others as they came', async () => {
  expect(formatNumber(number)).toBe(number)
  await loadNumberFormats()
  expect(formatNumber(number)).toBe('+44 20 7946 0123')
  expect(formatNumber('23125042')).toBe('23125042')
  expect(formatNumber('+1')).toBe('+1')
  expect(formatNumber('alice@example.org')).toBe('alice@example.org')
})
