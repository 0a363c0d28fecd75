import { expect, it } from 'vitest'
import { lineOut } from './line-out.ts'

const lines = [
  { name: 'shut', mailboxId: 'm1', callBack: null },
  { name: 'home', mailboxId: 'm1', callBack: 'sip:192.0.2.1' },
  { name: 'studio', mailboxId: 'm1', callBack: 'sip:192.0.2.2' },
  { name: 'office', mailboxId: 'm2', callBack: 'sip:192.0.2.3' },
]
const through = (mailboxIds: readonly string[], wanted?: string) => lineOut(lines, mailboxIds, wanted)?.name

it('goes out through the first line that lets the phone', () => {
  expect(through(['m1', 'm2'])).toBe('home')
  expect(through(['m2'])).toBe('office')
})

it('goes out through the line that is asked for, where that lets it', () => {
  expect(through(['m1'], 'studio')).toBe('studio')
  for (const wanted of ['shut', 'office', 'nowhere']) expect(through(['m1'], wanted), wanted).toBe('home')
})

it('stays in without a line that lets the phone', () => {
  expect(through([], 'home')).toBeUndefined()
  expect(lineOut(lines.slice(0, 1), ['m1'], 'shut')).toBeUndefined()
})
