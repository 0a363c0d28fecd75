import { expect, it } from 'vitest'
import { lineChange, lineFields, lineInput, newLine, ringsIn } from './line-fields.ts'

it('sends a new line without what was left empty', () => {
  const fields = { ...newLine, name: ' office ', trunk: [' 192.0.2.7 ', ''] }
  expect(lineInput(fields)).toEqual({
    name: 'office',
    number: null,
    trunk: ['192.0.2.7'],
    ringSeconds: 18,
    tollSaverSeconds: null,
    callBack: null,
    callOut: null,
    srtp: 'offered',
    country: null,
    areaCode: null,
    trustVerstat: false,
    internal: 'ring',
    internalDigits: 0,
    account: null,
  })
  expect(lineInput({ ...fields, mailbox: 'home' })).toMatchObject({ mailbox: 'home' })
})

it('sends what was changed only, and null for what was emptied', () => {
  const line = {
    id: '1',
    name: 'home',
    number: '+49301',
    trunk: ['192.0.2.7'],
    mailbox: 'home',
    ringSeconds: 18,
    tollSaverSeconds: null,
    callBack: 'sip:192.0.2.7',
    callOut: null,
    srtp: 'offered' as const,
    internal: 'ring' as const,
    internalDigits: 0,
    country: 'DE',
    areaCode: null,
    trustVerstat: false,
    account: null,
    registration: null,
  }
  const fields = { ...lineFields(line), number: '', callBack: ' ' }
  expect(lineChange(fields, ['number', 'callBack'])).toEqual({ number: null, callBack: null })
  expect(lineChange({ ...fields, callsOut: true, outPhones: ['desk'] }, ['callsOut', 'outPhones'])).toEqual({
    callOut: { phones: ['desk'], atOnce: 4, perHour: 30 },
  })
  expect(lineChange({ ...fields, callsOut: false }, ['callsOut'])).toEqual({ callOut: null })
  expect(lineChange({ ...fields, ringSeconds: 0 }, ['ringSeconds'])).toEqual({ ringSeconds: 0 })
  expect(lineChange({ ...fields, tollSaverSeconds: 6 }, ['tollSaverSeconds'])).toEqual({
    tollSaverSeconds: 6,
  })
})

it('sends an account as a whole, its password only where one was typed in', () => {
  const account = {
    registrar: ' sip.example.com ',
    user: '200',
    authUser: '',
    password: '',
    expirySeconds: null,
  }
  const fields = { ...newLine, ...account }
  const sent = { registrar: 'sip.example.com', user: '200', authUser: null }
  expect(lineChange(fields, ['user'])).toEqual({ account: sent })
  expect(lineChange({ ...fields, password: 'geheim' }, ['password', 'authUser'])).toEqual({
    account: { ...sent, password: 'geheim' },
  })
  expect(lineChange({ ...fields, registrar: ' ' }, ['registrar'])).toEqual({ account: null })
})

it('counts rings', () => {
  expect([3, 6, 18, 60].map(ringsIn)).toEqual([1, 1, 3, 10])
})
