import { expect, it } from 'vitest'
import { knownCaller, writtenNumber } from './known-caller.ts'

const caller = { callerName: 'WIRELESS', callerNumber: '1234567', callerE164: '+49301234567' }

it('names a caller as the owner knows him, by the number that is the same on all lines', () => {
  const nameOf = (_number: string | null, e164?: string | null) => (e164 === '+49301234567' ? 'Mum' : null)
  expect(knownCaller(caller, nameOf)).toEqual({ ...caller, callerName: 'Mum' })
  expect(knownCaller({ ...caller, callerE164: null }, nameOf).callerName).toBe('WIRELESS')
})

it('writes a number as people do where its line is; a line that is gone was anywhere', () => {
  expect(writtenNumber(caller, { country: 'DE' })).toBe('030 1234567')
  expect(writtenNumber(caller, { country: 'AT' })).toBe('+49 30 1234567')
  expect(writtenNumber(caller, undefined)).toBe('+49 30 1234567')
  expect(writtenNumber({ callerNumber: null, callerE164: null }, { country: 'DE' })).toBeNull()
})
