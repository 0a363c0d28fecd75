import { expect, it } from 'vitest'
import { nextTime } from './switches.ts'

it('a time of day is the next one, today or tomorrow; all else is an instant', () => {
  const noon = new Date(2026, 4, 1, 12, 0).getTime()
  const at = (text: string) => new Date(nextTime(text, noon) ?? '').toString()
  expect(at('18:30')).toBe(new Date(2026, 4, 1, 18, 30).toString())
  expect(at('12:00')).toBe(new Date(2026, 4, 2, 12, 0).toString())
  expect(at('7:05')).toBe(new Date(2026, 4, 2, 7, 5).toString())
  expect(at('2026-05-03')).toBe(new Date(2026, 4, 3).toString())
  expect(() => nextTime('soon', noon)).toThrow('no time')
})
