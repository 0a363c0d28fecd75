import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../test/helpers/api-desk.ts'
import { AnswerphoneError } from '../shared/errors.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk({
    rtpPacketsIgnored: () => 7,
    answeredLines: () => [{ name: 'home', ringSeconds: 18 }],
  })
})
afterEach(() => desk[Symbol.asyncDispose]())

const get = (url: string, headers = {}) => desk.api.inject({ url, headers })

describe('the page', () => {
  it('is at / and at every place within it, and files that do not change stay with the browser', async () => {
    for (const url of ['/', '/messages/42', '/calls?x=1']) {
      const answer = await get(url)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      expect(answer.headers['cache-control']).toBe('no-cache')
    }
    const script = await get('/assets/page-1a2b.js')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/gone.js')).statusCode).toBe(404)
    expect((await get('/favicon.ico')).statusCode).toBe(404)
  })

  it('gives no file but its own', async () => {
    for (const url of [
      '/../answerphone.db',
      '/..%2fanswerphone.db',
      '/assets/..%2f..%2fanswerphone.db',
      '/%2e%2e/answerphone.db',
    ]) {
      const answer = await get(url)
      expect(answer.body).not.toContain('SQLite')
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    }
  })

  it('says what to do when it is not built', async () => {
    await using bare = await openApiDesk({ webDir: '/nonexistent' })
    expect((await bare.api.inject('/')).json().code).toBe('AP_PAGE_NOT_BUILT')
  })
})

describe('every answer', () => {
  it.each(['/', '/api/v1/messages', '/api/v1/none', '/healthz', '/assets/gone.js'])(
    'from %s keeps browsers strict',
    async (url) => {
      const { headers } = await get(url)
      expect(headers['content-security-policy']).toContain("script-src 'self';")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    },
  )

  it('of the API is not kept by caches, and is a problem where there is nothing', async () => {
    const answer = await get('/api/v1/none?secret=1')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.json()).toEqual({
      code: 'AP_ROUTE_UNKNOWN',
      status: 404,
      message: expect.stringContaining('GET /api/v1/none.'),
    })
  })

  it('hides what went wrong inside', async () => {
    desk.machine.liveCalls = () => {
      throw new Error('the password is swordfish')
    }
    const answer = await get('/api/v1/calls', desk.asToken)
    expect(answer.json()).toMatchObject({ code: 'AP_INTERNAL', status: 500 })
    expect(answer.body).not.toMatch(/swordfish|\.ts/)
  })
})

describe('operations', () => {
  it('say whether messages can be taken, and what is in the way', async () => {
    expect((await get('/readyz')).json()).toEqual({ ready: true, draining: false, problems: [] })
    desk.machine.now = { draining: false, problems: [{ code: 'AP_DISK_FULL', message: 'The disk is full.' }] }
    const unready = await get('/readyz')
    expect(unready.statusCode).toBe(503)
    expect(unready.json()).toMatchObject({ ready: false, problems: [{ code: 'AP_DISK_FULL' }] })
    expect((await get('/healthz')).statusCode).toBe(200)
    desk.machine.now = { draining: true, problems: [] }
    expect((await get('/readyz')).statusCode).toBe(503)
  })

  it('count calls, messages, packets and requests', async () => {
    await desk.leaveMessage()
    desk.machine.tell({ kind: 'call-ended', callId: 'c1', outcome: 'message', messageId: 'm1', junk: false })
    await get('/api/v1/messages/42', desk.asToken)
    const account = { registrar: 'sip.example.com', user: 'u', password: 'p' }
    await desk.api.inject({
      method: 'POST',
      url: '/api/v1/lines',
      headers: desk.asToken,
      payload: { name: 'office', account },
    })
    const text = (await get('/metrics')).body
    for (const line of [
      'answerphone_line_registered{line="office"} 0',
      'answerphone_calls_total{outcome="message"} 1',
      'answerphone_messages{mailbox="home",state="new"} 1',
      'answerphone_live_calls 0',
      'answerphone_phones_registered 0',
      'answerphone_banned_networks 0',
      'answerphone_line_ring_seconds{line="home"} 18',
      'answerphone_rtp_packets_ignored_total 7',
      'answerphone_http_request_seconds_count{method="GET",route="/api/v1/messages/:id",status="404"} 1',
    ])
      expect(text).toContain(line)
  })
})

describe('while nothing can be written', () => {
  it.each([
    ['the database is locked', () => new Promise<void>(() => {})],
    ['the disk is full', () => Promise.reject(new AnswerphoneError('AP_STORE_FULL', { file: '' }))],
  ])('the messages are to be seen all the same: %s', async (_, write) => {
    const message = await desk.leaveMessage()
    const ada = await desk.logIn('ada')
    desk.clock.advance(2 * 3600_000)
    const touch = vi.spyOn(desk.store.tokens, 'touch').mockImplementation(write)
    const extend = vi.spyOn(desk.store.sessions, 'extend').mockImplementation(write)
    for (const headers of [desk.asToken, ada, desk.asToken, ada]) {
      const answer = await get('/api/v1/messages', headers)
      expect(answer.statusCode).toBe(200)
      expect(answer.json().messages).toMatchObject([{ id: message.id }])
    }
    expect(touch).toHaveBeenCalled()
    expect(extend).toHaveBeenCalled()
  })
})

describe('calls', () => {
  it('are answered and hung up at the owner’s word, while they go on', async () => {
    const act = (id: string, what: string) =>
      desk.api.inject({ method: 'POST', url: `/api/v1/calls/${id}/${what}`, headers: desk.asToken })
    expect((await act('gone', 'answer')).json().code).toBe('AP_CALL_OVER')
    desk.machine.live = [
      {
        id: 'c1',
        lineId: 'l1',
        lineName: 'home',
        mailboxId: 'm1',
        rule: null,
        ringsAsEver: true,
        junk: false,
        gate: null,
        callerNumber: null,
        callerE164: null,
        callerDisplay: null,
        callerName: null,
        attestation: null,
        arrivedAt: desk.clock.now(),
        phase: 'ringing',
        ringsSince: null,
        ringsUntil: null,
        answersAt: null,
        answeredAt: null,
        recordingSince: null,
        ringing: [],
        listeners: [],
        pickedUpBy: null,
        encrypted: 'both',
        recording: false,
      },
    ]
    expect((await act('c1', 'answer')).statusCode).toBe(204)
    expect((await act('c1', 'hang-up')).statusCode).toBe(204)
    expect(desk.machine.acts).toEqual([
      'answer-now gone token:script',
      'answer-now c1 token:script',
      'hang-up c1 token:script',
    ])
    expect((await get('/api/v1/calls', desk.asToken)).json()).toMatchObject({
      live: [{ id: 'c1' }],
      past: [],
    })
  })
})
