import { describe, expect, it } from 'vitest'
import { instantAt } from './local-time.ts'

describe('the instant of a time on the clock somewhere', () => {
  it.each([
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    ['2026-12-01T00:30', 'Europe/Berlin', '2026-11-30T23:30:00.000Z'],
    ['2026-12-01T00:30', 'Asia/Kolkata', '2026-11-30T19:00:00.000Z'],
    // Shown twice: the first. Left out: as far behind the change, at 03:30.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    // By half an hour, at two o'clock.
    ['2026-10-04T02:10', 'Australia/Lord_Howe', '2026-10-03T15:40:00.000Z'],
    ['2026-04-05T01:40', 'Australia/Lord_Howe', '2026-04-04T14:40:00.000Z'],
    ['2026-12-01T00:30', 'Asia/Kathmandu', '2026-11-30T18:45:00.000Z'],
    // Westward, where a midnight is left out.
    ['2026-09-06T00:20', 'America/Santiago', '2026-09-06T04:20:00.000Z'],
    ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-12-01T00:30Z', 'Europe/Berlin', '2026-12-01T00:30:00.000Z'],
    ['2026-12-01T00:30+02:00', 'Europe/Berlin', '2026-11-30T22:30:00.000Z'],
  ])('%s in %s', (text, zone, instant) => {
    expect(new Date(instantAt(text, zone)).toISOString()).toBe(instant)
  })
})
