import { expect, it } from 'vitest'
import { findContacts } from './find-contacts.ts'

const ada = { id: 'a', name: 'Ada Müller', note: 'the plumber', numbers: ['+49 30 1234567'] }
const bob = { id: 'b', name: 'Bob', note: '', numbers: ['sip.name', '0171 765'] }

it.each([
  ['', [ada, bob]],
  [' muller', [ada]],
  ['PLUMB', [ada]],
  ['030 123', [ada]],
  ['0049 30', [ada]],
  ['SIP.', [bob]],
  ['71 7', [bob]],
  ['0', [ada, bob]],
  ['nobody', []],
])('finds contacts by "%s"', (typed, found) => {
  expect(findContacts([ada, bob], typed)).toEqual(found)
})
