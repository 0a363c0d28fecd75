import { expect, it } from 'vitest'
import { readDays, showDays } from './days.ts'

it.each([
  ['mon-fri', 'mon-fri', 5],
  ['sat, sun', 'sat,sun', 2],
  ['fri-mon', 'mon,fri-sun', 4],
  ['Wed,mon,wed', 'mon,wed', 2],
  ['mon-sun', 'mon-sun', 7],
])('reads the days %s, and shows them as %s', (text, shown, count) => {
  expect(readDays(text)).toHaveLength(count)
  expect(showDays(readDays(text))).toBe(shown)
})

it.each(['', 'monday', 'mon-', 'mon-wed-fri', 'x-fri'])('refuses "%s"', (text) => {
  expect(() => readDays(text)).toThrow(/is no day/)
})
