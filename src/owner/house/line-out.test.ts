import { expect, it } from 'vitest'
import { linesOut } from './line-out.ts'

const callOut = { phones: null, atOnce: 1, perHour: 1 }
const lines = [
  { name: 'shut', mailboxId: 'm1', callBack: null, account: {}, callOut: null },
  { name: 'home', mailboxId: 'm1', callBack: 'sip:192.0.2.1', account: null, callOut: null },
  { name: 'studio', mailboxId: 'm1', callBack: null, account: {}, callOut },
  { name: 'office', mailboxId: 'm2', callBack: null, account: {}, callOut: { ...callOut, phones: ['desk'] } },
  { name: 'nowhere', mailboxId: 'm1', callBack: null, account: null, callOut },
]
const through = (name: string, mailboxIds: readonly string[], wanted?: string) =>
  linesOut(lines, { name, mailboxIds }, wanted).map((line) => line.name)

it('goes out through lines that let the phone: by a gateway, or by an account of which somebody has said so', () => {
  expect(through('desk', ['m1', 'm2'])).toEqual(['home', 'studio', 'office'])
  expect(through('desk', ['m2'])).toEqual(['office'])
  expect(through('kitchen', ['m2'])).toEqual([])
})

it('goes out first through the line that is asked for, where that lets it', () => {
  expect(through('desk', ['m1'], 'studio')).toEqual(['studio', 'home'])
  for (const wanted of ['shut', 'office', 'nowhere'])
    expect(through('desk', ['m1'], wanted), wanted).toEqual(['home', 'studio'])
})

it('stays in without a line that lets the phone', () => {
  expect(through('desk', [], 'home')).toEqual([])
})
