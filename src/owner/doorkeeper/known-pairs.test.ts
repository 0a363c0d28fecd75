import { expect, it } from 'vitest'
import { boundedMap } from '../../shared/bounded-map.ts'
import { knownPairs } from './known-pairs.ts'

const DAY_MS = 86_400_000
const HOME = '192.0.2.1'
const setUp = () => knownPairs({ networksPerUser: 3, users: 2 })

it('a pair is known for thirty days, and a network for as long as any pair of it', () => {
  const pairs = setUp()
  pairs.remember(HOME, 'kitchen', 0)
  pairs.remember(HOME, 'office', 10 * DAY_MS)
  expect(pairs.get(HOME, 'kitchen', 30 * DAY_MS)).toBeDefined()
  expect(pairs.get(HOME, 'kitchen', 30 * DAY_MS + 1)).toBeUndefined()
  expect(pairs.isHome(HOME, 30 * DAY_MS + 1)).toBe(true)
  expect(pairs.size).toBe(1)
  expect(pairs.isHome(HOME, 40 * DAY_MS + 1)).toBe(false)
})

it('a network stays a home while one of its users is known there', () => {
  const pairs = setUp()
  for (const user of ['kitchen', 'office', 'kitchen']) pairs.remember(HOME, user, 0)
  pairs.forget('kitchen')
  expect(pairs.isHome(HOME, 1)).toBe(true)
  pairs.forget('office')
  pairs.forget('office')
  expect(pairs.isHome(HOME, 1)).toBe(false)
  expect(pairs.size).toBe(0)
})

it('a user who is at home in many places crowds out himself, and nobody else', () => {
  const pairs = setUp()
  pairs.remember(HOME, 'kitchen', 0)
  for (let n = 0; n < 10; n++) pairs.remember(`198.51.100.${n}`, 'mobile', n)
  expect(pairs.get(HOME, 'kitchen', 10)).toBeDefined()
  expect(pairs.isHome('198.51.100.6', 10)).toBe(false)
  expect(pairs.isHome('198.51.100.7', 10)).toBe(true)
  expect(pairs.size).toBe(4)
  pairs.remember(HOME, 'third', 11)
  expect(pairs.get(HOME, 'kitchen', 11)).toBeUndefined()
})

it('a bounded map forgets what was set longest ago', () => {
  const map = boundedMap<string, number>(2)
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, 1)
  expect([map.size, map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 1, undefined, 1])
})
