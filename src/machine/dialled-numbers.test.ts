import { expect, it } from 'vitest'
import { Headers } from '../sip/message/headers.ts'
import { dialledNumbers } from './dialled-numbers.ts'

const line = { number: null, account: null, country: 'DE', areaCode: '30' } as const
const request = (to: string, uri = 'sip:home@192.0.2.2') => ({ headers: new Headers([['To', to]]), uri })

it('are those that the caller dialled, and the own of the line, where they are telephone numbers', () => {
  expect(dialledNumbers(request('<sip:0301234567@p>'), line)).toEqual(['+49301234567'])
  expect(dialledNumbers(request('<tel:+49-30-1234567>', 'sip:1234567@x'), line)).toEqual([
    '+49301234567',
    '+49301234567',
  ])
  expect(dialledNumbers(request('<sip:home@p>'), line)).toEqual([])
  const own = { ...line, number: '030 7654321' }
  expect(dialledNumbers(request('<sip:home@p>'), own)).toEqual(['+49307654321'])
})

it('are taken as they are where the line has no country, if they are long enough', () => {
  const nowhere = { ...line, country: null, areaCode: null }
  expect(dialledNumbers(request('<sip:16135550199@p>', 'sip:201@x'), nowhere)).toEqual(['16135550199'])
})
