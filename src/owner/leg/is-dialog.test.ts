import { expect, it } from 'vitest'
import { isDialog } from './is-dialog.ts'

const dialog = { callId: 'c', localTag: 'ours', remoteTag: 'theirs' }

it('takes the tags in the order of RFC 3891 §3, and in the other that some phones use', () => {
  expect(isDialog(dialog, { callId: 'c', toTag: 'ours', fromTag: 'theirs' })).toBe(true)
  expect(isDialog(dialog, { callId: 'c', toTag: 'theirs', fromTag: 'ours' })).toBe(true)
})

it('takes no half-known dialog', () => {
  expect(isDialog(dialog, { callId: 'c', toTag: 'ours', fromTag: 'ours' })).toBe(false)
  expect(isDialog(dialog, { callId: 'd', toTag: 'ours', fromTag: 'theirs' })).toBe(false)
  expect(
    isDialog({ ...dialog, remoteTag: undefined }, { callId: 'c', toTag: 'ours', fromTag: 'theirs' }),
  ).toBe(false)
})
