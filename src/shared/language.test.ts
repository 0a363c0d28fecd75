import { expect, it } from 'vitest'
import { languageAt } from './language.ts'

it('is that of the country, and where nobody has said which, that of the time zone', () => {
  expect(languageAt('AT', 'America/New_York')).toBe('de')
  expect(languageAt('GB', 'Europe/Berlin')).toBe('en')
  expect(languageAt(null, 'Europe/Zurich')).toBe('de')
  expect(languageAt(null, 'UTC')).toBe('en')
})
