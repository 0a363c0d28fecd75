import { expect, it } from 'vitest'
import { tellDetail, whoDid } from './audit-words.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'

it('names who did it', () => {
  expect(whoDid('user:Ada: the first', en)).toBe('Ada: the first')
  expect(whoDid('phone:kitchen', en)).toBe('phone kitchen')
  expect(whoDid('token:backup', de)).toBe('Schlüssel backup')
  expect(whoDid('console', en)).toBe('the command line')
  expect(whoDid('somebody', en)).toBe('somebody')
})

it('tells instants in local time, and leaves alone what only looks like one', () => {
  const berlin = { language: 'de', timeZone: 'Europe/Berlin' }
  const told = tellDetail('do not disturb on until 2026-11-27T17:30:00.000Z', berlin)
  expect(told).toBe('do not disturb on until 27.11.2026, 18:30')
  expect(tellDetail('2026-99-99T99:99:99.999Z', berlin)).toBe('2026-99-99T99:99:99.999Z')
})
