import { expect, it } from 'vitest'
import { driftPlace, isNight } from './night.ts'

it('is night from nine to seven by the clock', () => {
  const dark = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isNight('auto', hour))
  expect(dark).toEqual([0, 1, 2, 3, 4, 5, 6, 21, 22, 23])
})

it('is night or day as was chosen, whatever the hour', () => {
  expect([3, 12, 22].map((hour) => isNight('on', hour))).toEqual([true, true, true])
  expect([3, 12, 22].map((hour) => isNight('off', hour))).toEqual([false, false, false])
})

it('moves once a minute, through all eight places', () => {
  const start = Date.UTC(2026, 0, 1)
  expect(driftPlace(start + 59_999)).toBe(driftPlace(start))
  const places = Array.from({ length: 8 }, (_, minute) => driftPlace(start + minute * 60_000))
  expect(new Set(places).size).toBe(8)
})
