import { fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { unreachable } from '../../shared/step.ts'
import type { Context } from '../context.ts'
import { createHostNames } from '../host-names.ts'
import { errorsOf } from '../openapi.ts'
import { guardRoutes } from '../register-routes.ts'
import type { Route } from '../route.ts'
import { allRoutes } from './all-routes.ts'

const routes = allRoutes('0')
let desk: ApiDesk
let callers: Record<string, Record<string, string>>

beforeAll(async () => {
  desk = await openApiDesk()
  callers = {
    nobody: {},
    'a wrong token': { authorization: 'Bearer ap_wrong' },
    'a wrong session': { cookie: 'answerphone=wrong' },
    'a token': desk.asToken,
    'a member': await desk.logIn('max', 'member'),
    'an owner': await desk.logIn('ada', 'owner'),
  }
})
afterAll(() => desk[Symbol.asyncDispose]())

/** What the rule of a route means for a caller from elsewhere: let in, unknown, or not allowed. */
function verdict(route: Route, caller: string): 'in' | 401 | 403 {
  const known = ['a token', 'a member', 'an owner'].includes(caller)
  switch (route.access) {
    case 'anyone':
      return 'in'
    case 'local':
    case 'member':
      return known ? 'in' : 401
    case 'owner':
      return known ? (caller === 'a member' ? 403 : 'in') : 401
    default:
      return unreachable(route.access)
  }
}

const matrix = routes.flatMap((route) =>
  ['nobody', 'a wrong token', 'a wrong session', 'a token', 'a member', 'an owner'].map(
    (caller) => [caller, route.method, route.url, route] as const,
  ),
)

describe('every route asks who is there', () => {
  // The session's own routes answer 401 and 403 for reasons of their own; events last.
  const plain = matrix.filter(([, , url]) => !/session|setup|events/.test(url))
  it.each(plain)('%s: %s %s', async (caller, method, url, route) => {
    const answer = await desk.api.inject({
      method,
      url: url.replace(/:\w+/, 'none'),
      headers: { ...callers[caller] },
      remoteAddress: '192.0.2.9',
    })
    const expected = verdict(route, caller)
    if (expected === 'in') expect([401, 403]).not.toContain(answer.statusCode)
    else {
      expect(answer.statusCode).toBe(expected)
      expect(errorsOf(route)).toContain(answer.json().code)
    }
  })

  it('lets these in without a login, and no other', () => {
    const open = routes
      .filter(({ access }) => access === 'anyone')
      .map(({ method, url }) => `${method} ${url}`)
    expect(open).toEqual([
      // An app has no account yet, only a link, throttled; see app-links.test.ts.
      'GET /api/v1/app-accounts/:secret',
      // Who has a link has no account: what it is good for, throttled; see machine/test-calls.test.ts.
      'POST /api/v1/test-calls/visit',
      'GET /api/v1/session',
      'POST /api/v1/session',
      'DELETE /api/v1/session',
      'POST /api/v1/setup',
      'GET /healthz',
      'GET /readyz',
      'GET /api/v1/openapi.json',
    ])
  })

  it('keeps the events from strangers', async () => {
    for (const headers of [{}, callers['a wrong token'], callers['a wrong session']])
      expect((await desk.api.inject({ url: '/api/v1/events', headers: { ...headers } })).statusCode).toBe(401)
  })

  it('refuses to register a route that does not say who may use it', async () => {
    const app = fastify()
    guardRoutes(app, {} as Context, createHostNames([]))
    expect(() => app.get('/new', async () => 'hello')).toThrow('/new does not say who may use it')
    await app.close()
  })

  it('gives figures to programs on this machine, and to others with a token', async () => {
    const from = (remoteAddress: string, headers = {}) =>
      desk.api.inject({ url: '/metrics', remoteAddress, headers }).then(({ statusCode }) => statusCode)
    expect(await from('127.0.0.1')).toBe(200)
    expect(await from('::1')).toBe(200)
    expect(await from('::ffff:127.0.0.1')).toBe(200)
    expect(await from('192.0.2.9')).toBe(401)
    expect(await from('192.0.2.9', desk.asToken)).toBe(200)
  })
})
