import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk({ hostNames: ['phone.example.org'], trustedProxies: ['127.0.0.1'] })
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = async (headers: Record<string, string>) => {
  const answer = await desk.api.inject({ method: 'POST', url: '/api/v1/phone-session', headers })
  return { status: answer.statusCode, ...answer.json() }
}

it('lends a member a phone, by the name under which the page is open', async () => {
  const member = await desk.logIn('max', 'member')
  expect(await ask({ ...member, host: '192.0.2.7:8080' })).toEqual({
    status: 201,
    uri: 'sip:page-max@192.0.2.7',
    user: 'page-max~1',
    password: 'a secret',
    realm: 'house',
    expiresAt: '1970-01-01T00:00:00.000Z',
    websocket: 'ws://192.0.2.7:8080/sip',
  })
  expect(await ask({ ...member, host: '[2001:db8::7]:8080' })).toMatchObject({
    uri: 'sip:page-max@[2001:db8::7]',
    websocket: 'ws://[2001:db8::7]:8080/sip',
  })
  const cookie = member.cookie.replace('answerphone', '__Host-answerphone')
  const tls = { ...member, cookie, host: 'phone.example.org', 'x-forwarded-proto': 'https' }
  expect(await ask(tls)).toMatchObject({ websocket: 'wss://phone.example.org/sip' })
})

it('lends nothing without a session, without its CSRF token, or after it', async () => {
  const { cookie, ...csrf } = await desk.logIn('ada')
  expect((await ask({})).code).toBe('AP_LOGIN_NEEDED')
  expect((await ask(desk.asToken)).code).toBe('AP_SESSION_NEEDED')
  expect((await ask({ cookie })).code).toBe('AP_CSRF_TOKEN_WRONG')
  expect((await ask({ cookie, ...csrf, origin: 'https://evil.example' })).code).toBe('AP_ORIGIN_FOREIGN')
  desk.machine.lendPhone = async () => undefined
  expect(await ask({ cookie, ...csrf })).toMatchObject({ status: 401, code: 'AP_LOGIN_NEEDED' })
})
