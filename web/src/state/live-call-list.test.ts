import { expect, it } from 'vitest'
import type { LiveCall } from '../../../src/api/contract.ts'
import {
  afterEvent,
  callToHear,
  callToPickUp,
  callToSilence,
  phaseLastsMs,
  ringTimeLeft,
  secondsToAnswer,
} from './live-call-list.ts'

const arrivedAt = Date.parse('2026-11-23T09:00:00Z')
const ringing: LiveCall = {
  id: 'l1',
  line: 'home',
  mailbox: 'home',
  callerNumber: null,
  callerName: null,
  callerE164: null,
  callerDisplay: null,
  attestation: null,
  contact: null,
  rule: null,
  junk: false,
  gate: null,
  arrivedAt: '2026-11-23T09:00:00Z',
  phase: 'ringing',
  ringsSince: '2026-11-23T09:00:00Z',
  answersAt: '2026-11-23T09:00:18Z',
  answeredAt: null,
  recordingSince: null,
  ringing: [],
  listeners: [],
  pickedUpBy: null,
  encrypted: 'both',
  recording: false,
  words: null,
}

it('has the words of a call as they are heard', () => {
  const said = { text: 'Hello.', partial: 'this' }
  const heard = (callId: string) => afterEvent([ringing], { kind: 'words-heard', callId, words: said })
  expect(heard('l1')[0]?.words).toEqual(said)
  expect(heard('other')).toEqual([ringing])
})

it('adds a call, changes it in its place and drops it when it ends', () => {
  const other = { ...ringing, id: 'l2' }
  const both = [ringing, other].reduce<readonly LiveCall[]>(
    (calls, call) => afterEvent(calls, { kind: 'call-changed', call }),
    [],
  )
  expect(both.map(({ id }) => id)).toEqual(['l1', 'l2'])
  const greeting = afterEvent(both, { kind: 'call-changed', call: { ...ringing, phase: 'greeting' } })
  expect(greeting.map(({ id, phase }) => `${id} ${phase}`)).toEqual(['l1 greeting', 'l2 ringing'])
  const ended = afterEvent(greeting, {
    kind: 'call-ended',
    callId: 'l1',
    outcome: 'hung-up',
    messageId: null,
  })
  expect(ended).toEqual([other])
  expect(afterEvent(ended, { kind: 'messages-changed' })).toBe(ended)
})

it('counts down to the machine’s answer', () => {
  expect(secondsToAnswer(ringing, arrivedAt)).toBe(18)
  expect(secondsToAnswer(ringing, arrivedAt + 17_100)).toBe(1)
  expect(secondsToAnswer(ringing, arrivedAt + 25_000)).toBe(0)
  expect(secondsToAnswer({ ...ringing, answersAt: null }, arrivedAt)).toBeNull()
})

it('lets the ring run out within its bounds', () => {
  expect(ringTimeLeft(ringing, arrivedAt - 5_000)).toBe(1)
  expect(ringTimeLeft(ringing, arrivedAt + 9_000)).toBe(0.5)
  expect(ringTimeLeft(ringing, arrivedAt + 60_000)).toBe(0)
  expect(ringTimeLeft({ ...ringing, answersAt: ringing.arrivedAt }, arrivedAt)).toBe(0)
  const behindGate = { ...ringing, ringsSince: '2026-11-23T09:00:20Z', answersAt: '2026-11-23T09:00:30Z' }
  expect(ringTimeLeft(behindGate, arrivedAt + 20_000)).toBe(1)
  expect(ringTimeLeft(behindGate, arrivedAt + 25_000)).toBe(0.5)
})

it('measures the phase from where it began', () => {
  const recording = { ...ringing, answeredAt: '2026-11-23T09:00:18Z', recordingSince: '2026-11-23T09:00:24Z' }
  expect(phaseLastsMs(recording, arrivedAt + 30_000)).toBe(6_000)
  expect(phaseLastsMs({ ...recording, recordingSince: null }, arrivedAt + 30_000)).toBe(12_000)
  expect(phaseLastsMs({ ...recording, phase: 'connected' }, arrivedAt + 30_000)).toBe(12_000)
  expect(phaseLastsMs(ringing, arrivedAt - 1_000)).toBe(0)
})

it('picks up the call that is listened to, else the first that rings, else the first; none while one talks', () => {
  const calls = [
    { ...ringing, id: 'taken', phase: 'connected' },
    { ...ringing, id: 'recorded', phase: 'recording' },
    { ...ringing, id: 'rings' },
    { ...ringing, id: 'rings too' },
  ] satisfies LiveCall[]
  const leg = { id: 1, callId: 'recorded', purpose: 'listen', since: 0, muted: false, held: false } as const
  expect(callToPickUp(calls, null)?.id).toBe('rings')
  expect(callToPickUp(calls.slice(0, 2), null)?.id).toBe('recorded')
  expect(callToPickUp(calls, leg)?.id).toBe('recorded')
  expect(callToPickUp(calls, { ...leg, purpose: 'talk' })).toBeUndefined()
  expect(callToPickUp(calls.slice(0, 1), null)).toBeUndefined()
})

it('silences the first call that is heard ringing, and lets the last that is silent ring again', () => {
  const calls = [
    { ...ringing, id: 'recorded', phase: 'recording' },
    { ...ringing, id: 'first' },
    { ...ringing, id: 'second' },
  ] satisfies LiveCall[]
  const meant = (...silent: string[]) => callToSilence(calls, (id) => silent.includes(id))?.id
  expect(meant()).toBe('first')
  expect(meant('first')).toBe('second')
  expect(meant('first', 'second')).toBe('second')
  expect(callToSilence(calls.slice(0, 1), () => false)).toBeUndefined()
})

it('hears the first of those who leave a message, and none that is passed over', () => {
  const calls = [
    { ...ringing, id: 'rings' },
    { ...ringing, id: 'greeted', phase: 'greeting' },
    { ...ringing, id: 'first', phase: 'recording' },
    { ...ringing, id: 'second', phase: 'recording' },
  ] satisfies LiveCall[]
  expect(callToHear(calls, () => false)?.id).toBe('first')
  expect(callToHear(calls, (id) => id === 'first')?.id).toBe('second')
  expect(callToHear(calls, () => true)).toBeUndefined()
})
