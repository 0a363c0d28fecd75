import { expect, it } from 'vitest'
import type { Line } from '../../store/model.ts'
import { soundTestChoices } from './sound-tests.ts'

const line = (registrar: string | null, fields: Partial<Line> = {}) =>
  ({
    name: 'home',
    number: null,
    callBack: null,
    account: registrar === null ? null : { registrar, user: 'me' },
    ...fields,
  }) as Line

it.each([
  ['sip:sipgate.de', ['10000']],
  ['sip:sipgate.de;transport=tls', ['10000']],
  ['sip:vancouver1.voip.ms:5060', ['4443']],
  ['sip:notvoip.ms', []],
  ['sip:192.0.2.7', []],
])('knows the echo of a provider by the name of its server: %s', (registrar, numbers) => {
  expect(soundTestChoices([line(registrar)]).map(({ number }) => number)).toEqual(numbers)
})

it('offers the number of the line, where it is one, and nothing where no call can go out', () => {
  const own = { line: 'home', number: '+49301234567', kind: 'own' }
  expect(soundTestChoices([line('sip:192.0.2.7', { number: '+49301234567' })])).toEqual([own])
  const account = { registrar: 'sip:192.0.2.7', user: '+49301234567' }
  expect(soundTestChoices([line(null, { account: account as Line['account'] })])).toEqual([own])
  expect(soundTestChoices([line(null, { number: '+49301234567' })])).toEqual([])
  expect(soundTestChoices([line(null, { number: '+49301234567', callBack: 'sip:192.0.2.7' })])).toEqual([own])
})
