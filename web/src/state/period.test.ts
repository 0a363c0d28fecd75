import { expect, it } from 'vitest'
import { dayField, spanOf } from './period.ts'

const at = (text: string) => new Date(text)
const iso = (text: string) => at(text).toISOString()
const NOW = at('2026-11-26T18:05:00')

it('tells from which midnight on a period is, by the days of this place', () => {
  expect(spanOf('any', NOW)).toEqual({ from: '', before: '' })
  expect(spanOf('today', NOW)).toEqual({ from: iso('2026-11-26T00:00:00'), before: '' })
  expect(spanOf('week', NOW)).toEqual({ from: iso('2026-11-20T00:00:00'), before: '' })
  expect(spanOf('month', NOW)).toEqual({ from: iso('2026-10-28T00:00:00'), before: '' })
})

it('takes one day as a whole, also at the end of a month', () => {
  expect(spanOf('day', NOW, '2026-10-31')).toEqual({
    from: iso('2026-10-31T00:00:00'),
    before: iso('2026-11-01T00:00:00'),
  })
  // A field for dates that was emptied.
  expect(spanOf('day', NOW, '')).toEqual({ from: '', before: '' })
  expect(dayField(at('2026-01-05T23:59:00'))).toBe('2026-01-05')
})
