import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk, PASSWORD } from '../../../test/helpers/api-desk.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { ABSOLUTE_MS, IDLE_MS } from '../auth/sessions.ts'
import { makeSetupToken, prepareSetup } from '../auth/setup-link.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk({ hostNames: ['phone.example.org'], trustedProxies: ['127.0.0.1'] })
})
afterEach(() => desk[Symbol.asyncDispose]())

const post = (url: string, payload: object, headers = {}) =>
  desk.api.inject({ method: 'POST', url: `/api/v1/${url}`, payload, headers })
const whoAmI = async (headers: object) =>
  (await desk.api.inject({ url: '/api/v1/session', headers: { ...headers } })).json()
const links = () => ({ store: desk.store, clock: desk.clock, random: seededRandom(9) })

describe('the first start', () => {
  it('makes the owner by a link that works once', async () => {
    expect(await whoAmI({})).toEqual({ user: null, setupNeeded: true, csrfToken: null })
    const token = await prepareSetup(links())
    const input = { token, name: 'ada', password: PASSWORD }
    const made = await post('setup', input)
    expect(made.json()).toMatchObject({ user: { name: 'ada', role: 'owner' }, setupNeeded: false })
    expect(made.cookies[0]).toMatchObject({
      name: 'answerphone',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    })
    expect((await post('setup', { ...input, name: 'eve' })).json().code).toBe('AP_SETUP_LINK_DEAD')
    expect(await prepareSetup(links())).toBeUndefined()
  })

  it('keeps no link but the last, and that for a day', async () => {
    const first = await makeSetupToken(links())
    const second = await makeSetupToken({ ...links(), random: seededRandom(10) })
    const attempt = async (token: string) =>
      (await post('setup', { token, name: 'ada', password: PASSWORD })).statusCode
    expect(await attempt(first)).toBe(403)
    desk.clock.jump(25 * 3600_000)
    expect(await attempt(second)).toBe(403)
    expect(await attempt(await makeSetupToken(links()))).toBe(200)
  })

  it('asks for a password of ten characters', async () => {
    const token = await makeSetupToken(links())
    const answer = await post('setup', { token, name: 'ada', password: 'short' })
    expect(answer.json()).toMatchObject({
      code: 'AP_INPUT_INVALID',
      message: expect.stringContaining('password'),
    })
  })
})

describe('logging in', () => {
  it('answers alike for a wrong name and a wrong password', async () => {
    await desk.logIn('ada')
    const wrongPassword = await post('session', { name: 'ada', password: 'wrong' })
    const wrongName = await post('session', { name: 'nobody', password: 'wrong' })
    expect(wrongPassword.statusCode).toBe(401)
    expect(wrongName.body).toBe(wrongPassword.body)
  })

  it('opens a session under a new secret each time, and ends the one before', async () => {
    const first = await desk.logIn('ada')
    const again = await post('session', { name: 'ada', password: PASSWORD }, first)
    expect(`answerphone=${again.cookies[0]?.value}`).not.toBe(first.cookie)
    expect((await whoAmI(first)).user).toBeNull()
  })

  it('sets a cookie that only HTTPS sends, under a name that only HTTPS may set, behind a proxy', async () => {
    await desk.logIn('ada')
    const answer = await post(
      'session',
      { name: 'ada', password: PASSWORD },
      { 'x-forwarded-proto': 'https' },
    )
    expect(answer.cookies[0]).toMatchObject({ name: '__Host-answerphone', secure: true, path: '/' })
    expect(answer.cookies[0]).not.toHaveProperty('domain')
  })

  it('ends when it is not used, at the latest after its longest time, and by logging out', async () => {
    const browser = await desk.logIn('ada')
    desk.clock.jump(IDLE_MS - 1)
    expect((await whoAmI(browser)).user.name).toBe('ada')
    for (let used = IDLE_MS; used < ABSOLUTE_MS - IDLE_MS; used += IDLE_MS / 2) {
      desk.clock.jump(IDLE_MS / 2)
      expect((await whoAmI(browser)).user?.name).toBe('ada')
    }
    desk.clock.jump(IDLE_MS - 1)
    await whoAmI(browser)
    desk.clock.jump(IDLE_MS - 1)
    expect((await whoAmI(browser)).user).toBeNull()

    const { cookie, csrfToken } = await (async () => {
      const answer = await post('session', { name: 'ada', password: PASSWORD })
      return { cookie: `answerphone=${answer.cookies[0]?.value}`, csrfToken: answer.json().csrfToken }
    })()
    const headers = { cookie, 'x-csrf-token': csrfToken }
    expect((await desk.api.inject({ method: 'DELETE', url: '/api/v1/session', headers })).statusCode).toBe(
      204,
    )
    expect((await whoAmI({ cookie })).user).toBeNull()
  })

  it('ends with a new password and with the user', async () => {
    const browser = await desk.logIn('ada')
    const patch = (url: string, payload: object) =>
      desk.api.inject({ method: 'PATCH', url, payload, headers: desk.asToken })
    await patch('/api/v1/users/ada', { password: 'another password' })
    expect((await whoAmI(browser)).user).toBeNull()
    expect((await post('session', { name: 'ada', password: 'another password' })).statusCode).toBe(200)
  })

  it('goes on here and ends elsewhere when a member changes their own password, who must know the old one', async () => {
    const here = await desk.logIn('max', 'member')
    const { cookie } = (await post('session', { name: 'max', password: PASSWORD })).cookies.map(
      ({ name, value }) => ({ cookie: `${name}=${value}` }),
    )[0] as { cookie: string }
    const change = (payload: object) =>
      desk.api.inject({ method: 'POST', url: '/api/v1/session/password', payload, headers: here })
    const wrong = await change({ password: 'a guess', newPassword: 'another password' })
    expect([wrong.statusCode, wrong.json().code]).toEqual([403, 'AP_PASSWORD_WRONG'])
    expect((await whoAmI({ cookie })).user.name).toBe('max')

    const changed = await change({ password: PASSWORD, newPassword: 'another password' })
    expect(changed.json().user).toMatchObject({ name: 'max', role: 'member' })
    const [next] = changed.cookies
    expect((await whoAmI({ cookie: `${next?.name}=${next?.value}` })).user.name).toBe('max')
    expect((await whoAmI({ cookie })).user).toBeNull()
    expect((await post('session', { name: 'max', password: PASSWORD })).statusCode).toBe(401)
  })

  it('lets nobody guess the old password fast from a session left open, and asks tokens for a session', async () => {
    const here = await desk.logIn('max', 'member')
    const change = (headers: object) =>
      desk.api.inject({
        method: 'POST',
        url: '/api/v1/session/password',
        payload: { password: 'a guess', newPassword: 'another password' },
        headers: { ...headers },
      })
    const statuses = []
    for (let guess = 0; guess < 7; guess++) statuses.push((await change(here)).statusCode)
    expect(statuses.at(-1)).toBe(429)
    expect((await change(desk.asToken)).statusCode).toBe(401)
  })
})

describe('requests that another site makes a browser send', () => {
  const change = (headers: object) =>
    desk.api.inject({
      method: 'POST',
      url: '/api/v1/mailboxes',
      payload: { name: 'x' },
      headers: { ...headers },
    })

  it('are refused without the CSRF token, or with a foreign one', async () => {
    const { cookie, ...token } = await desk.logIn('ada')
    const other = await desk.logIn('max')
    expect((await change({ cookie })).json().code).toBe('AP_CSRF_TOKEN_WRONG')
    expect((await change({ cookie, 'x-csrf-token': other['x-csrf-token'] })).json().code).toBe(
      'AP_CSRF_TOKEN_WRONG',
    )
    expect((await change({ cookie, ...token })).statusCode).toBe(201)
  })

  it('are refused from a foreign origin, even the login', async () => {
    const browser = await desk.logIn('ada')
    for (const origin of ['https://evil.example', 'null', 'http://localhost:81'])
      expect((await change({ ...browser, origin })).json().code).toBe('AP_ORIGIN_FOREIGN')
    const login = { name: 'ada', password: PASSWORD }
    expect((await post('session', login, { origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await post('session', login, { origin: 'http://localhost:80' })).statusCode).toBe(200)
    expect((await post('session', login, { origin: 'https://phone.example.org' })).statusCode).toBe(200)
  })

  it('are not answered under a name that is not ours (DNS rebinding)', async () => {
    const status = async (host: string, headers = {}) =>
      (await desk.api.inject({ url: '/api/v1/session', headers: { host, ...headers } })).statusCode
    expect(await status('evil.example')).toBe(421)
    expect(await status('192.0.2.7.evil.example:8080')).toBe(421)
    for (const host of [
      '192.0.2.7:8080',
      '[2001:db8::7]',
      'localhost:8080',
      'PHONE.example.org',
      'phone.example.org.',
    ])
      expect(await status(host)).toBe(200)
    expect(await status('evil.example', desk.asToken)).toBe(200)
    expect(await status('evil.example', { authorization: 'Bearer ap_guess' })).toBe(421)
    expect(await status('evil.example', { authorization: 'Basic eDp5' })).toBe(421)
    const page = await desk.api.inject({ url: '/', headers: { host: 'evil.example' } })
    expect(page.statusCode).toBe(421)
  })
})
