import { expect, it } from 'vitest'
import { changedFields, rebase } from './draft.ts'

const saved = { name: 'home', ringSeconds: 18, trunk: ['192.0.2.7'] }

it('knows which fields were changed, lists too', () => {
  expect(changedFields({ saved, fields: { ...saved, trunk: ['192.0.2.7'] } })).toEqual([])
  expect(changedFields({ saved, fields: { ...saved, ringSeconds: 20, trunk: [] } })).toEqual([
    'ringSeconds',
    'trunk',
  ])
})

it('keeps what was written, and follows what somebody else saved meanwhile', () => {
  const draft = { saved, fields: { ...saved, ringSeconds: 25 } }
  const now = { ...saved, name: 'house', ringSeconds: 30 }
  expect(rebase(draft, now)).toEqual({ saved: now, fields: { ...now, ringSeconds: 25 } })
  expect(changedFields(rebase(draft, { ...saved, ringSeconds: 25 }))).toEqual([])
})
