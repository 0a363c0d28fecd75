import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../test/helpers/api-desk.ts'
import { leastCpuMs } from '../../test/helpers/least-cpu-ms.ts'
import { allRoutes } from './routes/all-routes.ts'

/** What somebody who is logged in, or nobody, may send to hurt: each gets a plain refusal, and the machine goes on. */
const routes = allRoutes('0').filter(({ url }) => !/events|levels/.test(url))
let desk: ApiDesk
let member: Record<string, string>

beforeAll(async () => {
  desk = await openApiDesk()
  member = { ...(await desk.logIn('max', 'owner')), host: 'localhost' }
  await desk.leaveMessage()
})
afterAll(() => desk[Symbol.asyncDispose]())

const SECRETS = /SQLite format|root:x:|BEGIN [A-Z ]*PRIVATE KEY/

describe('a path that leads out', () => {
  const WAYS = [
    '../../answerphone.db',
    '..%2f..%2fanswerphone.db',
    '%2e%2e%2fanswerphone.db',
    '..%5c..%5cx',
    '%00',
    '.',
    '..%c0%af',
  ]
  const withParams = routes.filter(({ url, method }) => url.includes(':') && method === 'GET')

  it.each(withParams.map(({ url }) => url))('finds nothing by %s', async (url) => {
    for (const way of WAYS) {
      const answer = await desk.api.inject({ url: url.replaceAll(/:\w+/g, way), headers: member })
      // A path that leads to another route of ours is that route's answer.
      expect(answer.body, way).not.toMatch(SECRETS)
      expect(answer.statusCode, way).toBeLessThan(500)
    }
  })

  it.each(['/assets/', '/', '//', '///x', '/.well-known/acme-challenge/', '/./'])(
    'finds no file below %s',
    async (base) => {
      for (const way of ['', ...WAYS, '/etc/passwd', '%2fetc%2fpasswd', '/../../../../../../etc/passwd']) {
        const { body, statusCode, headers } = await desk.api.inject(`${base}${way}`)
        expect(body).not.toMatch(SECRETS)
        expect(statusCode, `${base}${way}`).toBeLessThan(500)
        // Nor does any of them lead a browser to another site.
        expect(headers.location).toBeUndefined()
      }
    },
  )
})

describe('a body that is a bomb', () => {
  const taking = routes.filter(({ body, bodyMedia, url }) => body && !bodyMedia && !/session|setup/.test(url))
  const BOMBS: Readonly<Record<string, string>> = {
    'arrays in arrays': '['.repeat(30_000) + ']'.repeat(30_000),
    'objects in objects': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    'half of one': '{"name":"',
    'a prototype': '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
    'numbers beyond all': '{"ringSeconds":1e999,"limit":-1e308}',
    'one key a thousand times': `{${'"name":"x",'.repeat(5000)}"name":"y"}`,
    'more than there is room for': JSON.stringify({ name: 'x'.repeat(70_000) }),
    nothing: '',
  }
  const NO_JSON = new Set(['arrays in arrays', 'half of one', 'more than there is room for', 'nothing'])

  it.each(taking.map(({ method, url }) => [method, url] as const))(
    'is refused by %s %s',
    async (method, url) => {
      for (const [what, payload] of Object.entries(BOMBS)) {
        const ask = async () => {
          const { statusCode } = await desk.api.inject({
            method,
            url: url.replaceAll(/:\w+/g, 'none'),
            headers: { ...member, 'content-type': 'application/json' },
            payload,
          })
          if (NO_JSON.has(what)) expect(statusCode, what).toBeGreaterThanOrEqual(400)
          expect(statusCode, what).toBeLessThan(500)
        }
        expect(await leastCpuMs(1000, ask), what).toBeLessThan(1000)
      }
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    },
  )

  it('is refused in every kind that a foreign form can send, and in kinds that nobody knows', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ]) {
      const answer = await desk.api.inject({
        method: 'POST',
        url: '/api/v1/mailboxes',
        headers: { ...member, 'content-type': type },
        payload: '{"name":"x"}',
      })
      expect([type, answer.statusCode]).toEqual([type, 415])
    }
  })

  it('is measured where it is sound, too', async () => {
    const upload = routes.filter(({ bodyMedia }) => bodyMedia)
    expect(upload.length).toBeGreaterThan(0)
    for (const { method, url, bodyMedia } of upload) {
      const type = bodyMedia?.type ?? ''
      const answer = await desk.api.inject({
        method,
        url: `${url.replaceAll(/:\w+/g, 'none')}?name=x`,
        headers: { ...member, 'content-type': type },
        payload: Buffer.alloc((bodyMedia?.mostBytes ?? 0) + 1),
      })
      expect([url, answer.statusCode]).toEqual([url, 413])
    }
  })
})

describe('a query that is a bomb', () => {
  const listing = routes.filter(({ method, query }) => method === 'GET' && query)
  it.each(listing.map(({ url }) => url))('does no harm at %s', async (url) => {
    const path = url.replaceAll(/:\w+/g, 'none')
    for (const query of [
      'x&'.repeat(5000),
      `q=${'%25_'.repeat(500)}`,
      `q=${encodeURIComponent('" OR 1=1 -- ; DROP TABLE messages')}`,
      'cursor=%00%ff&limit=1e9',
      'limit=-1',
      'cursor=eyJhIjoxfQ',
      'q=%F0%9F%92%A9%ED%A0%80',
    ]) {
      const answer = await desk.api.inject({ url: `${path}?${query}`, headers: member })
      expect(answer.statusCode, query.slice(0, 40)).toBeLessThan(500)
    }
  })
})

it('every answer with somebody’s data or voice keeps out of caches, and is only what it says it is', async () => {
  const [message] = (await desk.api.inject({ url: '/api/v1/messages', headers: member })).json().messages
  for (const url of [
    '/api/v1/messages',
    '/api/v1/calls',
    '/api/v1/contacts',
    '/api/v1/session',
    `/api/v1/messages/${message.id}`,
  ]) {
    const { headers } = await desk.api.inject({ url, headers: member })
    expect([url, headers['cache-control']]).toEqual([url, 'no-store'])
    expect(headers['content-type']).toMatch(/^application\/json/)
  }
  const sound = await desk.api.inject({ url: `/api/v1/messages/${message.id}/audio`, headers: member })
  expect(sound.headers).toMatchObject({
    'content-type': 'audio/wav',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  })
})

it('a head that is a bomb is cut off', async () => {
  const { port } = await desk.api.listen('127.0.0.1', 0)
  const heard = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`)
  })
  expect(heard).toMatch(/^HTTP\/1\.1 431 /)
})
