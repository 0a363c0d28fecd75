import { expect, it } from 'vitest'
import { limitHandshakes } from './handshake-limit.ts'

const LIMITS = { each: { burst: 3, perSecond: 1 }, all: { burst: 5, perSecond: 2 }, networks: 4 }

it('lets one network begin so many handshakes, and more with time', () => {
  const admits = limitHandshakes(LIMITS)
  const asked = (at: number) => admits('192.0.2.1', at)
  expect([asked(0), asked(0), asked(0), asked(0), asked(500)]).toEqual([true, true, true, false, false])
  expect([asked(1000), asked(1000)]).toEqual([true, false])
  // An IPv6 customer has a whole /64, and is one all the same.
  expect([1, 2, 3, 4].map((host) => admits(`2001:db8::${host}`, 2000))).toEqual([true, true, true, false])
})

it('and all of them together, whatever addresses they forge or have; who is refused takes nothing', () => {
  const admits = limitHandshakes(LIMITS)
  const flood = Array.from({ length: 100 }, (_, n) => admits(`198.51.100.${n}`, 0))
  expect(flood.filter(Boolean)).toHaveLength(5)
  expect(admits('192.0.2.1', 1000)).toBe(true)
})
