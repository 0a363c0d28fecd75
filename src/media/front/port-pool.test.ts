import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { DRAIN_MS, PortPool } from './port-pool.ts'

describe('port pool', () => {
  it('gives out even ports within the range, with room for the odd one above (RFC 3550 §11)', () => {
    const pool = new PortPool({ from: 10_001, to: 10_008 }, seededRandom())
    expect(pool.pairs).toBe(3)
    const ports = [pool.take(0), pool.take(0), pool.take(0)].sort()
    expect(ports).toEqual([10_002, 10_004, 10_006])
    expect(pool.take(0)).toBeUndefined()
  })

  it('gives out ports in no order', () => {
    const pool = new PortPool({ from: 10_000, to: 19_999 }, seededRandom())
    const ports = [1, 2, 3, 4, 5, 6].map(() => pool.take(0) ?? 0)
    const steps = ports.slice(1).map((port, index) => port - (ports[index] ?? 0))
    expect(new Set(steps).size).toBe(5)
  })

  it('never gives out a port that is in use or draining, and always one that is neither', () => {
    const acts = fc.array(fc.record({ free: fc.boolean(), later: fc.nat(2 * DRAIN_MS) }), { maxLength: 200 })
    fc.assert(
      fc.property(acts, (steps) => {
        const pool = new PortPool({ from: 10_000, to: 10_009 }, seededRandom())
        const busyUntil = new Map<number, number>()
        let now = 0
        for (const { free, later } of steps) {
          now += later / 10
          const inUse = [...busyUntil].filter(([, until]) => until === Number.POSITIVE_INFINITY)
          if (free && inUse[0]) {
            pool.free(inUse[0][0], now)
            busyUntil.set(inUse[0][0], now + DRAIN_MS)
            continue
          }
          const available = 5 - [...busyUntil.values()].filter((until) => until > now).length
          const port = pool.take(now)
          expect(port === undefined).toBe(available === 0)
          if (port === undefined) continue
          expect(busyUntil.get(port) ?? 0).toBeLessThanOrEqual(now)
          busyUntil.set(port, Number.POSITIVE_INFINITY)
        }
      }),
    )
  })
})
