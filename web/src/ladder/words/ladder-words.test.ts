import { expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

it('says something for every key, and each in its own language', () => {
  const english: Readonly<Record<string, unknown>> = en
  for (const words of [en, de]) expect(Object.values(words)).not.toContain('')
  const same = Object.entries(de).filter(([key, text]) => typeof text === 'string' && english[key] === text)
  expect(same).toEqual([])
})
