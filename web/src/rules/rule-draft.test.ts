import { expect, it } from 'vitest'
import { kinds, listOf, newCondition, tidied, tidiedAction, written } from './rule-draft.ts'

it('what is typed stays as it is until it is saved, and is a list then', () => {
  const typed = ' 030*, +43*,'
  const condition = { ...newCondition('number', '2026-11-27'), kind: 'number', like: listOf(typed) } as const
  expect(written(condition.like)).toBe(typed)
  expect(tidied(condition)).toMatchObject({ like: ['030*', '+43*'] })
})

it('a new condition is there for each kind, and wants that it holds', () => {
  for (const kind of kinds) expect(newCondition(kind, '2026-11-27')).toMatchObject({ kind, not: false })
})

it('what is as the line does it is not said', () => {
  expect(tidiedAction({ kind: 'take', label: ' ', junk: false, phones: [] })).toEqual({
    kind: 'take',
    phones: [],
  })
})
