import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { News } from '../../notify/push/news.ts'
import type { PushNotifier } from '../../notify/push/open-push.ts'
import type { PushOutcome } from '../../notify/push/post-push.ts'
import { type PushedNews, pushedNews } from '../contract.ts'

let desk: ApiDesk
let outcome: PushOutcome | undefined
const tested: string[] = []
const push: PushNotifier = {
  publicKey: 'BPublic',
  reach: { kind: 'public' },
  take() {},
  async test(sessionHash) {
    tested.push(sessionHash)
    return outcome
  },
  async [Symbol.asyncDispose]() {},
}

beforeEach(async () => {
  desk = await openApiDesk({ push })
  outcome = { kind: 'taken' }
})
afterEach(() => desk[Symbol.asyncDispose]())

const keys = {
  p256dh: Buffer.alloc(65, 4).toString('base64url'),
  auth: Buffer.alloc(16).toString('base64url'),
}
const subscription = { endpoint: 'https://push.example/secret', keys, language: 'de' }
const all = () => desk.store.push.list(desk.clock.now())

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, headers: object, payload?: object) {
  const answer = await desk.api.inject({
    method,
    url: `/api/v1/push${path}`,
    headers: { ...headers },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}

it('subscribes a browser until it says no more', async () => {
  const ada = await desk.logIn('ada', 'member')
  expect((await ask('GET', '', ada)).body).toEqual({ publicKey: 'BPublic', subscribed: false })
  expect(await ask('POST', '/subscription', ada, subscription)).toMatchObject({
    status: 200,
    body: { subscribed: true },
  })
  expect(await all()).toMatchObject([{ endpoint: subscription.endpoint, ...keys, language: 'de' }])
  expect((await ask('GET', '', ada)).body.subscribed).toBe(true)
  expect((await ask('GET', '', await desk.logIn('grace'))).body.subscribed, 'another browser').toBe(false)
  expect((await ask('DELETE', '/subscription', ada)).status).toBe(204)
  expect(await all()).toEqual([])
})

it('ends with logging out', async () => {
  const ada = await desk.logIn('ada')
  await ask('POST', '/subscription', ada, subscription)
  await desk.api.inject({ method: 'DELETE', url: '/api/v1/session', headers: ada })
  expect(await all()).toEqual([])
})

it.each([
  'http://push.example/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://192.168.1.1:8443/x',
  'https://169.254.169.254/latest',
  'https://10.0.0.1/x',
])('calls no push service at %s', async (endpoint) => {
  const { status, body } = await ask('POST', '/subscription', await desk.logIn('ada'), {
    ...subscription,
    endpoint,
  })
  expect([status, body.code]).toEqual([400, 'AP_PUSH_SERVICE_REFUSED'])
  expect(await all()).toEqual([])
})

it.each([
  { endpoint: 'nonsense' },
  { endpoint: `https://push.example/${'x'.repeat(1000)}` },
  { keys: { ...keys, auth: 'short' } },
  { keys: { ...keys, p256dh: keys.auth } },
  { language: 'xx' },
])('takes no %o', async (change) => {
  const answer = await ask('POST', '/subscription', await desk.logIn('ada'), { ...subscription, ...change })
  expect(answer.status).toBe(400)
})

it('is for browsers whose user is logged in', async () => {
  expect((await ask('GET', '', {})).status).toBe(401)
  expect((await ask('GET', '', desk.asToken)).body).toEqual({ publicKey: 'BPublic', subscribed: false })
  const refused = await ask('POST', '/subscription', desk.asToken, subscription)
  expect(refused.body.code).toBe('AP_PUSH_BROWSERS_ONLY')
})

it('says what became of a test', async () => {
  const ada = await desk.logIn('ada')
  expect((await ask('POST', '/test', ada)).status).toBe(204)
  const becomes = async (next: PushOutcome | undefined) => {
    outcome = next
    return (await ask('POST', '/test', ada)).body.code
  }
  expect(await becomes(undefined)).toBe('AP_PUSH_NOT_SUBSCRIBED')
  expect(await becomes({ kind: 'gone' })).toBe('AP_PUSH_NOT_SUBSCRIBED')
  expect(await becomes({ kind: 'later', why: 'it answers 503' })).toBe('AP_PUSH_FAILED')
})

it('says that notifications are switched off', async () => {
  await using off = await openApiDesk()
  const ada = await off.logIn('ada')
  const state = await off.api.inject({ method: 'GET', url: '/api/v1/push', headers: ada })
  expect(state.json()).toEqual({ publicKey: null, subscribed: false })
  const url = '/api/v1/push/subscription'
  const refused = await off.api.inject({ method: 'POST', url, headers: ada, payload: subscription })
  expect(refused.json().code).toBe('AP_PUSH_OFF')
})

it('has the contract say what is pushed', () => {
  const told = (news: News, language: string): PushedNews => ({ ...news, language })
  const about = { callId: 'c', callerName: null, callerNumber: '1', line: 'home' }
  for (const news of [
    { kind: 'ringing', ...about, answersAt: '2026-11-26T12:00:00.000Z' },
    { kind: 'ringing', ...about, answersAt: null },
    { kind: 'missed', ...about },
    { kind: 'message', ...about, messageId: 'm', durationMs: 5, said: 'Hello' },
    { kind: 'test' },
  ] satisfies News[])
    expect(pushedNews.parse(told(news, 'en'))).toEqual({ ...news, language: 'en' })
})
