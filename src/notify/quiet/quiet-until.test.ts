import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WEEKDAYS } from '../../shared/local-time.ts'
import { quietUntil } from './quiet-until.ts'

/** Local time, as the machine has it. Friday, the first of May 2026. */
const at = (day: number, hours: number, minutes = 0) => new Date(2026, 4, day, hours, minutes).getTime()
const NIGHT = [{ days: [...WEEKDAYS], from: '22:00', to: '07:00' }]

it('goes on until the hours end, past midnight', () => {
  expect(quietUntil(NIGHT, at(1, 21, 59))).toBeNull()
  expect(quietUntil(NIGHT, at(1, 22))).toBe(at(2, 7))
  expect(quietUntil(NIGHT, at(2, 3))).toBe(at(2, 7))
  expect(quietUntil(NIGHT, at(2, 7))).toBeNull()
  expect(quietUntil([], at(1, 23))).toBeNull()
})

it('hours that follow each other are one', () => {
  const weekend = [{ days: ['sat' as const], from: '07:00', to: '10:00' }, ...NIGHT]
  expect(quietUntil(weekend, at(1, 23))).toBe(at(2, 10))
})

it('never ends before it is over, and holds nothing for ever', () => {
  const hour = fc.integer({ min: 0, max: 23 }).map((hours) => `${String(hours).padStart(2, '0')}:00`)
  const hours = fc.record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), from: hour, to: hour })
  fc.assert(
    fc.property(fc.array(hours, { maxLength: 4 }), fc.integer({ min: 0, max: 10_000 }), (all, minutes) => {
      const now = at(1, 0, minutes)
      const until = quietUntil(all, now)
      if (until === null) return
      expect(until).toBeGreaterThan(now)
      expect(until - now).toBeLessThanOrEqual(8 * 24 * 3600_000)
    }),
  )
})
