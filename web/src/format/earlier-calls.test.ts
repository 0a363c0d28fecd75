import { expect, it } from 'vitest'
import { de } from '../i18n/de.ts'
import { en } from '../i18n/en.ts'
import { type Earlier, tellEarlier } from './earlier-calls.ts'

const place = { language: 'en-GB', timeZone: 'Europe/Berlin' }
const NOW = Date.parse('2026-05-04T18:00:00+02:00')
const at = (arrivedAt: string) => ({ arrivedAt })
const tell = (earlier: Partial<Earlier>, words = en, language = place.language) =>
  tellEarlier({ calls: [], isCut: false, lastMessage: null, ...earlier }, NOW, { ...place, language }, words)

it('a caller who is new is said to be', () => {
  expect(tell({})).toEqual(['Has not called before'])
})

it('counts the calls of the day where the owner is, this one among them', () => {
  const calls = [at('2026-05-04T15:10:00Z'), at('2026-05-03T22:30:00Z'), at('2026-05-03T21:30:00Z')]
  expect(tell({ calls })).toEqual(['Third time today, the last 50 min ago'])
  expect(tell({ calls }, de, 'de-DE')).toEqual(['Heute zum 3. Mal, zuletzt vor 50 Min.'])
  expect(tell({ calls: Array.from({ length: 6 }, () => at('2026-05-04T12:00:00Z')) })).toEqual([
    '7th time today, the last 14:00',
  ])
})

it('else says how often, and when last', () => {
  expect(tell({ calls: [at('2026-05-03T15:20:00Z')] })).toEqual(['Has called once before: Yesterday, 17:20'])
  const calls = Array.from({ length: 20 }, () => at('2026-04-01T10:00:00Z'))
  expect(tell({ calls, isCut: true })).toEqual(['Has called 20+ times before, last: 1 April, 12:00'])
})

it('tells what was left last, and what was noted of it', () => {
  const lastMessage = { receivedAt: '2026-05-03T15:21:00Z', durationMs: 41_600, note: 'about the boiler' }
  expect(tell({ calls: [at('2026-05-03T15:20:00Z')], lastMessage }).at(-1)).toBe(
    'Last message: Yesterday, 17:21 (0:42): “about the boiler”',
  )
})
