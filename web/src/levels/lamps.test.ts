import { expect, it } from 'vitest'
import { lampsFor } from './lamps.ts'

it('lights more lamps the louder it is', () => {
  expect([0, 0.003, 0.004, 0.1, 0.5, 1, 3].map(lampsFor)).toEqual([0, 0, 1, 7, 11, 12, 12])
})
