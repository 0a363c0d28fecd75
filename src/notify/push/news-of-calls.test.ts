import { expect, it } from 'vitest'
import { createNewsOfCalls, newsOfMessage, type ToldCall } from './news-of-calls.ts'

const NOON = Date.UTC(2026, 10, 26, 12)

const call = (change: Partial<ToldCall> = {}): ToldCall => ({
  id: '01J0CALL',
  lineName: 'home',
  callerNumber: '+4930111',
  callerE164: null,
  callerDisplay: '030 111',
  callerName: 'Grace',
  phase: 'ringing',
  ringsUntil: NOON + 17_400,
  answersAt: NOON + 17_400,
  ...change,
})

function follow(...calls: Partial<ToldCall>[]) {
  const news = createNewsOfCalls()
  const changed = (change: Partial<ToldCall>) => news({ kind: 'call-changed', call: call(change) }, NOON)
  const told = calls.map(changed)
  return {
    told,
    changed,
    ended: (outcome: string, junk = false) =>
      news({ kind: 'call-ended', callId: '01J0CALL', outcome, junk }, NOON),
  }
}

it('tells once that a call rings, urgently and for the rest of the ring', () => {
  const { told } = follow({}, {}, { phase: 'greeting', ringsUntil: null, answersAt: null }, {})
  expect(told[0]).toEqual({
    news: {
      kind: 'ringing',
      callId: '01J0CALL',
      callerName: 'Grace',
      callerNumber: '030 111',
      line: 'home',
      answersAt: '2026-11-26T12:00:17.400Z',
    },
    ttlSeconds: 18,
    urgency: 'high',
    topic: '01J0CALL',
  })
  expect(told.slice(1)).toEqual([null, null, null])
})

it('tells the name that was said once it can be heard, and its words once they are there', () => {
  const gate = (words: string | null) => ({ gate: { name: { words } } })
  const { told, ended } = follow(
    { gate: { name: null } },
    gate(null),
    gate(null),
    gate('Michael Miller'),
    gate('x'.repeat(500)),
  )
  const names = told.map((push) => push && 'saidName' in push.news && push.news.saidName)
  expect(names).toEqual([
    false,
    { words: null },
    null,
    { words: 'Michael Miller' },
    { words: 'x'.repeat(80) },
  ])
  expect(new Set(told.map((push) => push?.topic ?? '01J0CALL'))).toEqual(new Set(['01J0CALL']))
  expect(ended('abandoned')?.news.kind).toBe('missed')
})

it.each([
  ['message', null],
  ['abandoned', 'missed'],
  ['hung-up', 'missed'],
  ['failed', 'missed'],
  ['interrupted', 'missed'],
  ['refused', 'taken'],
  ['picked-up', 'taken'],
])('takes the ringing back when the call ends with %s', (outcome, kind) => {
  const { ended } = follow({})
  expect(ended(outcome)?.news.kind ?? null).toBe(kind)
  expect(ended(outcome), 'once').toBeNull()
})

it('takes the ringing back where the message is junk, of which nothing will be told', () => {
  expect(follow({}).ended('message', true)?.news.kind).toBe('missed')
})

it('takes it back as soon as somebody has picked up', () => {
  const { told, ended } = follow({}, { phase: 'connected', ringsUntil: null, answersAt: null })
  expect(told[1]).toMatchObject({
    news: { kind: 'taken' },
    ttlSeconds: 60,
    urgency: 'high',
    topic: '01J0CALL',
  })
  expect(ended('picked-up')).toBeNull()
})

it('tells of a call that the machine will not answer, for as long as phones ring, and that nobody took it', () => {
  const { told, ended } = follow({ ringsUntil: NOON + 180_000, answersAt: null })
  expect(told[0]).toMatchObject({ news: { kind: 'ringing', answersAt: null }, ttlSeconds: 180 })
  expect(ended('abandoned')).toMatchObject({ news: { kind: 'missed' } })
})

it.each([
  ['is held back at a gate', { phase: 'gate', ringsUntil: null, answersAt: null }],
  ['has just arrived, or is refused', { ringsUntil: null, answersAt: null }],
  ['a rule keeps from phones', { ringsAsEver: false, answersAt: null }],
])('tells nothing of a call that %s, nor of its end', (_which, change) => {
  const { told, ended } = follow(change)
  expect(told).toEqual([null])
  expect(ended('abandoned')).toBeNull()
})

it('tells nothing of a call that the machine answers at once, nor of its end', () => {
  const { told, ended } = follow(
    { ringsUntil: NOON + 1000, answersAt: NOON + 1000 },
    { ringsUntil: null, answersAt: null },
  )
  expect(told).toEqual([null, null])
  expect(ended('abandoned')).toBeNull()
})

it('puts a message in the place of its call, and keeps names short', () => {
  const push = newsOfMessage({
    callId: '01J0CALL',
    messageId: 'm1',
    callerName: 'x'.repeat(500),
    callerNumber: null,
    line: 'home',
    durationMs: 4000,
    said: 'word '.repeat(1000),
  })
  expect(push).toMatchObject({
    urgency: 'normal',
    topic: '01J0CALL',
    news: { kind: 'message', messageId: 'm1' },
  })
  expect(JSON.stringify(push.news).length).toBeLessThan(550)
})
