import { expect, it } from 'vitest'
import { orderIn } from './order-in.ts'

it.each([
  ['#/pick-up/01J0CALL', { act: 'pick-up', id: '01J0CALL' }],
  ['#/play/m%201', { act: 'play', id: 'm 1' }],
  ['#/show/m1', { act: 'show', id: 'm1' }],
  ['#/messages', null],
  ['#/pick-up/', null],
  ['#/delete/m1', null],
  ['#/play/%', null],
])('finds in %s the order %o', (hash, order) => expect(orderIn(hash)).toEqual(order))
