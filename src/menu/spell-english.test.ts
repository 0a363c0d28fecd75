import { describe, expect, it } from 'vitest'
import { english } from './spell-english.ts'

const said = (at: string, now = '2026-11-27T12:00:00Z', zone = 'UTC') =>
  english.moment(Date.parse(at), Date.parse(now), zone).join(' ')

describe('numbers', () => {
  it.each([
    [0, 'n0'],
    [7, 'n7'],
    [20, 'n20'],
    [21, 'n20 n1'],
    [90, 'n90'],
    [99, 'n90 n9'],
    [100, 'more-than n90 n9'],
  ])('%d', (number, words) => expect(english.number(number).join(' ')).toBe(words))
})

describe('moments', () => {
  it.each([
    ['2026-11-27T06:30:00Z', 'today at n6 n30 am'],
    ['2026-11-27T00:05:00Z', 'today at n12 oh n5 am'],
    ['2026-11-26T12:00:00Z', 'yesterday at n12 oclock pm'],
    ['2026-11-26T23:59:59Z', 'yesterday at n11 n50 n9 pm'],
    ['2026-11-21T18:15:00Z', 'saturday at n6 n15 pm'],
    ['2026-11-20T18:15:00Z', 'november n20 at n6 n15 pm'],
    ['2025-12-31T01:01:00Z', 'december n30 n1 at n1 oh n1 am'],
    // A clock that was set back: the date can't be wrong.
    ['2026-11-28T10:00:00Z', 'november n20 n8 at n10 oclock am'],
  ])('%s', (at, words) => expect(said(at)).toBe(words))

  it('are local ones, also where the day is another', () => {
    expect(said('2026-11-26T23:30:00Z', '2026-11-27T00:30:00Z', 'Europe/Berlin')).toBe('today at n12 n30 am')
    expect(said('2026-11-27T03:00:00Z', '2026-11-27T12:00:00Z', 'America/New_York')).toBe(
      'yesterday at n10 oclock pm',
    )
  })

  it('are made of sounds that there are', () => {
    for (let hour = 0; hour < 24 * 400; hour += 61)
      for (const sound of english.moment(hour * 3_660_000, 400 * 86_400_000, 'UTC'))
        expect(english.sounds).toContain(sound)
  })
})
