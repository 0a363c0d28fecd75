import { expect, it } from 'vitest'
import { shownPeak, speaks, withPeak } from './history.ts'

it('keeps the newest levels', () => {
  expect(withPeak([], 0.1, 3)).toEqual([0.1])
  expect(withPeak([0.1, 0.2, 0.3], 0.4, 3)).toEqual([0.2, 0.3, 0.4])
})

it('says that a caller speaks until the pause is longer than one in speech', () => {
  const silence = Array(14).fill(0.005)
  expect(speaks([])).toBe(false)
  expect(speaks([0.2, ...silence])).toBe(true)
  expect(speaks([0.2, ...silence, 0])).toBe(false)
})

it('shows loud speech as large as there is room', () => {
  expect(shownPeak(0)).toBe(0)
  expect(shownPeak(0.25)).toBeCloseTo(0.4)
  expect(shownPeak(0.9)).toBe(1)
})
