import { describe, expect, it } from 'vitest'
import { instantAt } from './local-time.ts'

describe('the instant of a time on the clock somewhere', () => {
  it.each([
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    ['2026-12-01T00:30', 'Europe/Berlin', '2026-11-30T23:30:00.000Z'],
    ['2026-12-01T00:30', 'Asia/Kolkata', '2026-11-30T19:00:00.000Z'],
    // Shown twice: the first. Left out: behind the change.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
    ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-12-01T00:30Z', 'Europe/Berlin', '2026-12-01T00:30:00.000Z'],
    ['2026-12-01T00:30+02:00', 'Europe/Berlin', '2026-11-30T22:30:00.000Z'],
  ])('%s in %s', (text, zone, instant) => {
    expect(new Date(instantAt(text, zone)).toISOString()).toBe(instant)
  })
})
