import { describe, expect, it } from 'vitest'
import { type Entry, goesPastMidnight, newDates, newHours, overlap } from './entries.ts'

const hours = (days: Entry['days'], from: string, to: string): Entry => ({
  ...newHours(null),
  days,
  from,
  to,
})
const dates = (firstDay: string, lastDay = firstDay): Entry => ({ ...newDates(null, firstDay), lastDay })

describe('two entries overlap', () => {
  it.each([
    ['hours of one day', hours(['mon'], '08:00', '12:00'), hours(['mon', 'fri'], '11:59', '13:00'), true],
    [
      'hours that follow each other',
      hours(['mon'], '08:00', '12:00'),
      hours(['mon'], '12:00', '13:00'),
      false,
    ],
    ['other days', hours(['mon'], '08:00', '12:00'), hours(['tue'], '08:00', '12:00'), false],
    [
      'a night and the next morning',
      hours(['mon'], '18:00', '08:00'),
      hours(['tue'], '07:00', '09:00'),
      true,
    ],
    ['Sunday night and Monday', hours(['sun'], '18:00', '08:00'), hours(['mon'], '07:59', '09:00'), true],
    ['dates with a day in common', dates('2026-12-24', '2026-12-26'), dates('2026-12-26'), true],
    ['dates in a row', dates('2026-12-24', '2026-12-25'), dates('2026-12-26'), false],
    // 2026-12-24 is a Thursday.
    ['a date and its weekday', dates('2026-12-24'), hours(['thu'], '08:00', '09:00'), true],
    [
      'a date and another weekday',
      dates('2026-12-24'),
      hours(['mon', 'tue', 'fri'], '08:00', '09:00'),
      false,
    ],
    ['a date and the night before', dates('2026-12-24'), hours(['wed'], '18:00', '08:00'), true],
    ['a long holiday and any day', dates('2026-12-24', '2027-01-10'), hours(['tue'], '08:00', '09:00'), true],
    ['a day that is still to be chosen', dates(''), hours(['tue'], '00:00', '00:00'), false],
  ])('%s: %o', (_what, one, other, expected) => {
    expect(overlap(one, other)).toBe(expected)
    expect(overlap(other, one)).toBe(expected)
  })
})

it('goes past midnight where it does not end after it began', () => {
  expect(goesPastMidnight(hours(['mon'], '18:00', '08:00'))).toBe(true)
  expect(goesPastMidnight(hours(['mon'], '00:00', '00:00'))).toBe(true)
  expect(goesPastMidnight(hours(['mon'], '08:00', '08:01'))).toBe(false)
})
