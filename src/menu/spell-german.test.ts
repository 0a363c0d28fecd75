import { describe, expect, it } from 'vitest'
import { german } from './spell-german.ts'

const said = (at: string, now = '2026-11-27T12:00:00Z', zone = 'UTC') =>
  german.moment(Date.parse(at), Date.parse(now), zone).join(' ')

describe('numbers', () => {
  it.each([
    [0, 'n0'],
    [1, 'n1'],
    [17, 'n17'],
    [20, 'n20'],
    [21, 'and1 n20'],
    [90, 'n90'],
    [99, 'and9 n90'],
    [100, 'more-than and9 n90'],
  ])('%d', (number, words) => expect(german.number(number).join(' ')).toBe(words))

  it('of messages: eine Nachricht, not eins', () => {
    expect(german.count(1)).toEqual(['one-message'])
    expect(german.count(21)).toEqual(['and1', 'n20'])
  })
})

describe('moments', () => {
  it.each([
    ['2026-11-27T06:30:00Z', 'today at n6 oclock n30'],
    ['2026-11-27T00:05:00Z', 'today at n0 oclock n5'],
    ['2026-11-27T01:01:00Z', 'today at one-oclock oclock n1'],
    ['2026-11-26T12:00:00Z', 'yesterday at n12 oclock'],
    ['2026-11-26T21:59:59Z', 'yesterday at and1 n20 oclock and9 n50'],
    ['2026-11-21T18:15:00Z', 'saturday at n18 oclock n15'],
    ['2026-11-20T18:15:00Z', 'on o20 november at n18 oclock n15'],
    ['2025-12-31T14:05:00Z', 'on and1 o30 december at n14 oclock n5'],
    ['2026-03-05T14:00:00Z', 'on o5 march at n14 oclock'],
    // A clock that was set back: the date can't be wrong.
    ['2026-11-28T10:00:00Z', 'on and8 o20 november at n10 oclock'],
  ])('%s', (at, words) => expect(said(at)).toBe(words))

  it('are local ones', () => {
    expect(said('2026-11-26T23:30:00Z', '2026-11-27T00:30:00Z', 'Europe/Berlin')).toBe(
      'today at n0 oclock n30',
    )
  })

  it('are made of sounds that there are', () => {
    for (let hour = 0; hour < 24 * 400; hour += 61)
      for (const sound of german.moment(hour * 3_660_000, 400 * 86_400_000, 'UTC'))
        expect(german.sounds).toContain(sound)
  })
})
