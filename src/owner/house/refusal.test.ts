import { expect, it } from 'vitest'
import { passedOn, refusalInside, refusalOutside } from './refusal.ts'

it.each([
  [302, 480],
  [401, 403],
  [407, 403],
  [403, 403],
  [404, 404],
  [408, 480],
  [480, 480],
  [484, 484],
  [486, 486],
  [487, 480],
  [488, 488],
  [500, 500],
  [503, 500],
  [600, 486],
  [603, 603],
  [604, 404],
  [606, 488],
  [607, 603],
  [undefined, 480],
])('tells a phone of %s from outside by %i', (status, told) => {
  expect(refusalOutside(status)).toBe(told)
})

it('tells within the house no more than that somebody is busy, or not there', () => {
  expect([486, 600, 603, 404, 500, undefined].map(refusalInside)).toEqual([486, 486, 486, 480, 480, 480])
})

it('passes on why the telephone network says that it was, once, and nothing else (RFC 3326)', () => {
  const unallocated = 'Q.850;cause=1;text="Unallocated number"'
  expect(passedOn(['SIP;cause=404', unallocated, 'Q.850;cause=16'])).toEqual([['Reason', unallocated]])
  expect(passedOn([`Q.850;cause=1;text="${'x'.repeat(300)}"`])).toEqual([])
  expect(passedOn(undefined)).toEqual([])
})
