import { expect, it } from 'vitest'
import { isServing } from './frame-program.ts'

it.each([
  ['serve', true],
  ['serve --sip 0.0.0.0:5060', true],
  ['--data serve serve', true],
  ['--config=a.yaml --data d serve', true],
  ['', false],
  ['--help', false],
  ['--help serve', false],
  ['help serve', false],
  ['--data serve messages list', false],
  ['messages list --query serve', false],
])('`answerphone %s` runs the machine: %s', (words, serves) => {
  expect(isServing(words.split(' ').filter((word) => word !== ''))).toBe(serves)
})
