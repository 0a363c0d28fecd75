import { expect, it } from 'vitest'
import { digitsOf, isLit, SEGMENTS, type Segment } from './seven-segments.ts'

const names = Object.keys(SEGMENTS) as Segment[]
const lit = (digit: number) => names.filter((segment) => isLit(digit, segment)).join('')

it('lights each digit as a data sheet has it', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(lit)).toEqual([
    'abcdef',
    'bc',
    'abdeg',
    'abcdg',
    'bcfg',
    'acdfg',
    'acdefg',
    'abc',
    'abcdefg',
    'abcdfg',
  ])
})

it('is dark at nothing, and counts to 99', () => {
  expect(digitsOf(0)).toEqual([])
  expect(digitsOf(-1)).toEqual([])
  expect(digitsOf(7)).toEqual([7])
  expect(digitsOf(42)).toEqual([4, 2])
  expect(digitsOf(100)).toEqual([9, 9])
})
