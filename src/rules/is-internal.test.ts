import { expect, it } from 'vitest'
import { isInternal } from './is-internal.ts'

it.each([
  ['**611', 3, true],
  ['**1', 3, true],
  ['611', 3, true],
  ['12', 3, true],
  // Two stars are how a FRITZ!Box dials within, however long what follows.
  ['**6201', 3, true],
  ['2011', 3, false],
  ['2011', 4, true],
  ['030123456', 3, false],
  ['+491', 3, false],
  ['anonymous', 3, false],
  ['**', 3, false],
  ['', 3, false],
  [null, 3, false],
  ['611', 0, false],
  ['**611', 0, false],
])('%s on a line whose extensions have %i digits: %s', (number, digits, internal) => {
  expect(isInternal(number, digits)).toBe(internal)
})
