import { describe, expect, it } from 'vitest'
import { formatDay, formatExact, formatTime, groupByDay } from './moment.ts'

const berlin = { language: 'en-GB', timeZone: 'Europe/Berlin' }
/** Monday, 23 November 2026, 10:00 in Berlin. */
const now = Date.parse('2026-11-23T09:00:00Z')

describe('the day of a message', () => {
  it('is named by its distance within the week', () => {
    expect(formatDay('2026-11-23T08:00:00Z', now, berlin)).toBe('Today')
    expect(formatDay('2026-11-22T22:59:00Z', now, berlin)).toBe('Yesterday')
    expect(formatDay('2026-11-17T12:00:00Z', now, berlin)).toBe('Tuesday')
  })

  it('is a date beyond the week, with its year when that is another', () => {
    expect(formatDay('2026-11-16T12:00:00Z', now, berlin)).toBe('16 November')
    expect(formatDay('2025-11-23T12:00:00Z', now, berlin)).toBe('23 November 2025')
  })

  it('begins at midnight of the place, not of UTC', () => {
    expect(formatDay('2026-11-22T23:30:00Z', now, berlin)).toBe('Today')
    expect(formatDay('2026-11-22T23:30:00Z', now, { ...berlin, timeZone: 'UTC' })).toBe('Yesterday')
  })

  it('is a date when it lies ahead, as after a clock was set back', () => {
    expect(formatDay('2026-11-25T12:00:00Z', now, berlin)).toBe('25 November')
  })

  it('is told in German', () => {
    expect(formatDay('2026-11-22T12:00:00Z', now, { ...berlin, language: 'de' })).toBe('Gestern')
  })
})

describe('the time of a message', () => {
  it('is told in minutes within the hour, and by the clock after', () => {
    expect(formatTime('2026-11-23T08:59:40Z', now, berlin)).toBe('now')
    expect(formatTime('2026-11-23T08:48:00Z', now, berlin)).toBe('12 min ago')
    expect(formatTime('2026-11-23T07:59:00Z', now, berlin)).toBe('08:59')
  })

  it('is exact to the second on demand', () => {
    expect(formatExact('2026-11-23T08:48:05Z', berlin)).toBe('Monday, 23 November 2026 at 09:48:05')
  })
})

it('groups sorted rows under their days', () => {
  const rows = ['2026-11-23T08:00:00Z', '2026-11-22T20:00:00Z', '2026-11-22T10:00:00Z']
  expect(groupByDay(rows, (row) => row, now, berlin)).toEqual([
    { day: 'Today', rows: rows.slice(0, 1) },
    { day: 'Yesterday', rows: rows.slice(1) },
  ])
})
