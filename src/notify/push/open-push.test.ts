import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import type { Line, Message, PushSubscription } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { openPush, type PushNotifier } from './open-push.ts'
import type { PushOrder, PushOutcome } from './post-push.ts'

const clock = fakeClock()
let rows: PushSubscription[]
let orders: PushOrder[]
let outcomes: PushOutcome[]
let push: PushNotifier
let mayRing: boolean
let message: Partial<Message>

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

const subscription = (name: string): PushSubscription => ({
  sessionHash: name,
  userId: 'u1',
  endpoint: `https://push.example/${name}`,
  p256dh: 'key',
  auth: 'secret',
  language: 'de',
  createdAt: 0,
})

beforeEach(() => {
  rows = [subscription('a'), subscription('b')]
  orders = []
  outcomes = []
  mayRing = true
  message = {
    callId: 'c1',
    lineId: 'l1',
    state: 'new',
    callerName: 'Grace',
    callerNumber: null,
    callerE164: null,
    durationMs: 5,
  }
  push = openPush({
    store: {
      push: {
        list: async () => rows,
        removeEndpoint: async (endpoint: string) => {
          rows = rows.filter((row) => row.endpoint !== endpoint)
        },
      } as unknown as Store['push'],
      messages: { get: async () => message as Message } as unknown as Store['messages'],
      lines: { get: async () => ({ name: 'home' }) as Line } as unknown as Store['lines'],
      transcripts: { get: async () => undefined } as unknown as Store['transcripts'],
    },
    thread: {
      async post(order) {
        orders.push(order)
        return outcomes.shift() ?? { kind: 'taken' }
      },
      async [Symbol.asyncDispose]() {},
    },
    keys: { publicKey: 'public', privateKey: 'private' },
    reach: { kind: 'public' },
    contact: 'mailto:ada@house.example',
    nameOf: (number) => (number === '+4930111' ? 'Mum' : null),
    mayRing: () => mayRing,
    isQuiet: () => !mayRing,
    clock,
    log: silentLog,
  })
})
afterEach(() => push[Symbol.asyncDispose]())

const ring = () =>
  push.take({
    kind: 'call-changed',
    call: {
      id: 'c1',
      lineName: 'home',
      callerNumber: null,
      callerE164: null,
      callerDisplay: null,
      callerName: 'Grace',
      phase: 'ringing',
      ringsUntil: clock.now() + 18_000,
      answersAt: clock.now() + 18_000,
    },
  })
const payloads = () => orders.map(({ payload }) => JSON.parse(payload))

it('tells every browser, in its language, what comes and how long that is worth something', async () => {
  ring()
  await settled()
  push.take({ kind: 'message-added', messageId: 'm1' })
  await settled()
  expect(orders.map(({ endpoint }) => endpoint.at(-1))).toEqual(['a', 'b', 'a', 'b'])
  expect(orders[0]).toMatchObject({ ttlSeconds: 18, urgency: 'high', topic: 'c1', p256dh: 'key' })
  expect(orders[0]?.vapid).toMatchObject({ subject: 'mailto:ada@house.example', publicKey: 'public' })
  expect(payloads()[0]).toMatchObject({ kind: 'ringing', callerName: 'Grace', language: 'de' })
  expect(payloads()[2]).toMatchObject({ kind: 'message', messageId: 'm1', line: 'home' })
  expect(orders[2]).toMatchObject({ urgency: 'normal', topic: 'c1' })
})

it('says nothing of ringing while nobody wants to be disturbed; messages are told as ever', async () => {
  rows = [subscription('a')]
  mayRing = false
  ring()
  push.take({ kind: 'message-added', messageId: 'm1' })
  await settled()
  expect(payloads()).toMatchObject([{ kind: 'message', quiet: true }])
})

it('names callers as the owner knows them, not as they call themselves', async () => {
  rows = [subscription('a')]
  const caller = { callerName: 'WIRELESS CALLER', callerNumber: '+4930111', callerE164: null }
  message = { ...message, ...caller }
  const call = {
    id: 'c1',
    lineName: 'home',
    ...caller,
    callerDisplay: '030 111',
    phase: 'ringing',
    ringsUntil: clock.now() + 18_000,
    answersAt: clock.now() + 18_000,
  }
  push.take({ kind: 'call-changed', call })
  push.take({ kind: 'message-added', messageId: 'm1' })
  await settled()
  expect(payloads().map(({ kind, callerName }) => [kind, callerName])).toEqual([
    ['ringing', 'Mum'],
    ['message', 'Mum'],
  ])
})

it('says nothing of a message during which somebody picked up', async () => {
  message = { ...message, state: 'heard' }
  push.take({ kind: 'message-added', messageId: 'm1' })
  await settled()
  expect(orders).toEqual([])
})

it('forgets a browser that has unsubscribed', async () => {
  outcomes = [{ kind: 'gone' }]
  ring()
  await settled()
  expect(rows.map(({ sessionHash }) => sessionHash)).toEqual(['b'])
})

it('tries a message again when the service can’t take it, and a ring only while it rings', async () => {
  rows = [subscription('a')]
  const later = { kind: 'later', why: 'it answers 503' } as const
  outcomes = [later, later]
  ring()
  await settled()
  clock.advance(15_000)
  await settled()
  expect(payloads().map(({ kind }) => kind)).toEqual(['ringing', 'ringing'])
  expect(orders[1]?.ttlSeconds).toBe(3)
  clock.advance(3_600_000)
  await settled()
  expect(orders).toHaveLength(2)

  outcomes = [later, later, later, later]
  push.take({ kind: 'message-added', messageId: 'm1' })
  for (let time = 0; time < 6; time++) {
    await settled()
    clock.advance(900_000)
  }
  expect(orders).toHaveLength(6)
})

it('gives up on a browser that has gone meanwhile, and on one that refuses', async () => {
  outcomes = [
    { kind: 'later', why: '' },
    { kind: 'refused', why: 'it answers 403' },
  ]
  push.take({ kind: 'message-added', messageId: 'm1' })
  await settled()
  rows = []
  clock.advance(900_000)
  await settled()
  expect(orders).toHaveLength(2)
})

it('sends a test to the session that asks for it, and to no other', async () => {
  expect(await push.test('b')).toEqual({ kind: 'taken' })
  expect(orders.map(({ endpoint }) => endpoint.at(-1))).toEqual(['b'])
  expect(await push.test('c')).toBeUndefined()
})

it('tells of wrong PINs, without a sound in quiet hours', async () => {
  rows = [subscription('a')]
  mayRing = false
  push.take({ kind: 'pin-locked', mailbox: 'home', callerNumber: '+4930111', until: clock.now() + 60_000 })
  await settled()
  expect(payloads()).toMatchObject([
    { kind: 'pin-locked', mailbox: 'home', callerName: 'Mum', callerNumber: '+4930111', quiet: true },
  ])
  expect(orders[0]?.topic).toMatch(/^[\w-]{1,32}$/)
})
