import { expect, it } from 'vitest'
import { whoDid } from './audit-words.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'

it('names who did it', () => {
  expect(whoDid('user:Ada: the first', en)).toBe('Ada: the first')
  expect(whoDid('phone:kitchen', en)).toBe('phone kitchen')
  expect(whoDid('token:backup', de)).toBe('Schlüssel backup')
  expect(whoDid('console', en)).toBe('the command line')
  expect(whoDid('somebody', en)).toBe('somebody')
})
