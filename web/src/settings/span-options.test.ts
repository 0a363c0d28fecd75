import { expect, it } from 'vitest'
import { spanOptions } from './span-options.ts'

const names = { seconds: (n: number) => `${n} s`, minutes: (n: number) => `${n} min`, zero: 'never' }
const read = (offered: readonly number[], set: number) =>
  spanOptions(offered, set, names).map(({ name }) => name)

it('offers lengths in words, and the one that the command line has set', () => {
  expect(read([0, 30, 60, 180], 30)).toEqual(['never', '30 s', '1 min', '3 min'])
  expect(read([60, 180], 90)).toEqual(['1 min', '90 s', '3 min'])
  expect(read([0, 1], 0.5)).toEqual(['never', '0.5 s', '1 s'])
})
