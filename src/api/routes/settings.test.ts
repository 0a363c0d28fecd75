import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk, PASSWORD } from '../../../test/helpers/api-desk.ts'
import { shippedGreetingFile } from '../../machine/clips.ts'
import { writeWav } from '../../media/wav/write-wav.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
  desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: desk.asToken,
    ...(payload === undefined ? {} : { payload }),
  })

describe('lines', () => {
  it('come with the mailbox of their name, are changed and removed', async () => {
    const added = await ask('POST', '/lines', {
      name: 'office',
      trunk: ['192.0.2.0/24', '2001:db8::1'],
      number: '+49301',
    })
    expect(added.statusCode).toBe(201)
    expect(added.json()).toMatchObject({
      name: 'office',
      mailbox: 'office',
      ringSeconds: 18,
      number: '+49301',
    })
    expect(added.json()).toMatchObject({ internal: 'ring', internalDigits: 0 })
    const internal = { internal: 'ignore', internalDigits: 3 }
    expect((await ask('PATCH', '/lines/office', internal)).json()).toMatchObject(internal)
    expect((await ask('PATCH', '/lines/office', { ringSeconds: 0, mailbox: 'home' })).json()).toMatchObject({
      ringSeconds: 0,
      mailbox: 'home',
      trunk: ['192.0.2.0/24', '2001:db8::1'],
    })
    expect((await ask('GET', '/lines')).json()).toHaveLength(2)
    expect((await ask('DELETE', '/lines/office')).statusCode).toBe(204)
    expect((await ask('GET', '/lines/office')).json().code).toBe('AP_NOT_FOUND')
    expect((await ask('GET', '/mailboxes/office')).statusCode).toBe(200)
  })

  it.each(['300.1.1.1', '10/8', '192.0.2.0/33', 'example.org', '2001:db8::/129', ''])(
    'are not reached from "%s"',
    async (block) => {
      const answer = await ask('POST', '/lines', { name: 'office', trunk: [block] })
      expect(answer.json()).toMatchObject({
        code: 'AP_INPUT_INVALID',
        message: expect.stringContaining(`"${block}"`),
      })
      expect(await desk.store.mailboxes.get('office')).toBeUndefined()
    },
  )

  it('let phones call out only through an address', async () => {
    const callBack = async (uri: string | null) =>
      (await ask('PATCH', '/lines/home', { callBack: uri })).json().callBack
    for (const uri of ['sip:192.0.2.7', 'sip:192.0.2.7:5080;transport=tcp', 'sip:[2001:db8::7]:5060', null])
      expect(await callBack(uri)).toBe(uri)
    for (const uri of [
      'sip:example.org',
      'sip:1@192.0.2.7',
      '192.0.2.7',
      'sip:300.1.1.1',
      'sip:192.0.2.7;x',
      '',
    ])
      expect(await callBack(uri), uri).toBeUndefined()
  })

  it('let phones call out by an account only in so many words, within limits', async () => {
    const callOut = async (change: unknown) =>
      (await ask('PATCH', '/lines/home', { callOut: change })).json().callOut
    expect((await ask('GET', '/lines/home')).json().callOut).toBeNull()
    expect(await callOut({})).toEqual({ phones: null, atOnce: 4, perHour: 30 })
    expect(await callOut({ phones: ['kitchen'], perHour: 5 })).toEqual({
      phones: ['kitchen'],
      atOnce: 4,
      perHour: 5,
    })
    expect(await callOut({ atOnce: 0 })).toBeUndefined()
    expect(await callOut({ phones: ['no phone'] })).toBeUndefined()
    expect(await callOut(null)).toBeNull()
  })

  it('register with an account, whose password is never shown again', async () => {
    const account = { registrar: 'SIP.example.com;transport=TLS', user: '030123', password: 'geheim' }
    const added = await ask('POST', '/lines', { name: 'office', account })
    expect(added.statusCode).toBe(201)
    expect(added.json()).toMatchObject({
      trunk: [],
      account: {
        registrar: 'sip:sip.example.com;transport=tls',
        user: '030123',
        authUser: null,
        outboundProxy: null,
        expirySeconds: 600,
      },
      registration: null,
    })
    expect(added.body).not.toContain('geheim')

    const change = (fields: object | null) => ask('PATCH', '/lines/office', { account: fields })
    // The password must not go to another server, or in the clear, because somebody changed an address.
    for (const elsewhere of [
      { outboundProxy: '192.0.2.9:5080' },
      { registrar: 'sip.example.com;transport=udp' },
    ])
      expect((await change(elsewhere)).json().message).toContain('password again')
    await change({ authUser: 'auth', outboundProxy: '192.0.2.9:5080', password: 'geheim' })
    const { id, ...kept } = (await desk.store.lines.get('office')) ?? { id: '' }
    expect(kept).toMatchObject({
      account: { user: '030123', password: 'geheim', authUser: 'auth', outboundProxy: 'sip:192.0.2.9:5080' },
    })
    expect((await change({ registrar: 'evil.example.net' })).json().message).toContain('password again')
    expect((await change({ expirySeconds: 120 })).statusCode).toBe(200)

    const problem = { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.9:5080' }
    await desk.store.registrations.put({
      lineId: id,
      state: 'failing',
      since: 0,
      server: null,
      publicAddress: null,
      problem,
      toldLostSince: null,
    })
    expect((await ask('GET', '/lines/office')).json().registration).toEqual({
      state: 'failing',
      since: '1970-01-01T00:00:00.000Z',
      server: null,
      publicAddress: null,
      problem,
    })
    expect((await change(null)).json().message).toContain('where calls come from')
    const gone = await ask('PATCH', '/lines/office', { account: null, trunk: ['192.0.2.1'] })
    expect(gone.json()).toMatchObject({ account: null, registration: null })
  })

  it.each([
    '',
    'sip:',
    '192.0.2.777',
    '[::zz]',
    'a b',
    'sip:u@example.com',
    'example.com:0',
    'x:99999',
    'x;transport=ws',
  ])('do not register at "%s"', async (registrar) => {
    const account = { registrar, user: 'u', password: 'p' }
    const answer = await ask('POST', '/lines', { name: 'office', account })
    expect(answer.json()).toMatchObject({ code: 'AP_INPUT_INVALID' })
  })

  it('do not share a name or a number', async () => {
    await ask('POST', '/lines', { name: 'office', trunk: ['192.0.2.1'], number: '1' })
    expect((await ask('POST', '/lines', { name: 'home', trunk: ['192.0.2.1'] })).json().code).toBe(
      'AP_NAME_TAKEN',
    )
    expect((await ask('PATCH', '/lines/home', { number: '1' })).json().code).toBe('AP_NUMBER_TAKEN')
  })
})

describe('mailboxes', () => {
  it('tell how many messages they hold', async () => {
    await desk.leaveMessage()
    await desk.leaveMessage({ state: 'heard' })
    await desk.leaveMessage({ state: 'trash', stateBeforeTrash: 'new', trashedAt: 1 })
    expect((await ask('GET', '/mailboxes')).json()).toMatchObject([
      { name: 'home', newMessages: 1, heardMessages: 1 },
    ])
    expect((await ask('DELETE', '/mailboxes/home')).json().code).toBe('AP_MAILBOX_IN_USE')
    expect((await ask('PATCH', '/mailboxes/home', { afterPickUp: 'ask' })).json().afterPickUp).toBe('ask')
    expect((await ask('PATCH', '/mailboxes/home', { afterPickUp: 'burn' })).statusCode).toBe(400)
  })
})

describe('greetings', () => {
  const upload = (name: string, payload: Buffer, type = 'audio/wav') =>
    desk.api.inject({
      method: 'POST',
      url: `/api/v1/greetings?name=${name}`,
      payload,
      headers: { ...desk.asToken, 'content-type': type },
    })
  const wav = writeWav(new Int16Array(8000).fill(1000), 8000)
  /** The clock stands still; the upload breathes by its timers. */
  const whenDone = async <Answer>(answer: Promise<Answer>) => {
    let done = false
    void answer.finally(() => {
      done = true
    })
    while (!done) {
      await desk.clock.advanceAsync(1)
      await new Promise((next) => setImmediate(next))
    }
    return answer
  }

  it('can be compared with the one that came with the machine', async () => {
    const audio = await ask('GET', '/shipped-greeting/audio')
    expect([audio.statusCode, audio.headers['content-type']]).toEqual([200, 'audio/wav'])
    expect(audio.rawPayload.equals(readFileSync(shippedGreetingFile('en')))).toBe(true)
    const german = await ask('GET', '/shipped-greeting/audio?language=de')
    expect(german.rawPayload.equals(readFileSync(shippedGreetingFile('de')))).toBe(true)
  })

  it('are uploaded as WAV, heard, given to a mailbox, and removed', async () => {
    const added = await whenDone(upload('holiday', wav))
    expect(added.statusCode).toBe(201)
    const { id, durationMs } = added.json()
    expect(durationMs).toBe(1000)
    const audio = await ask('GET', '/greetings/holiday/audio')
    expect([audio.headers['content-type'], audio.rawPayload.subarray(0, 4).toString()]).toEqual([
      'audio/wav',
      'RIFF',
    ])
    expect((await ask('PATCH', '/mailboxes/home', { greeting: 'holiday' })).json().greeting).toBe(id)
    expect((await ask('DELETE', '/greetings/holiday')).statusCode).toBe(204)
    expect((await ask('GET', '/mailboxes/home')).json().greeting).toBeNull()
  })

  it('must be WAV', async () => {
    expect((await upload('x', Buffer.from('ID3 not a WAV file at all'))).json().code).toBe(
      'AP_GREETING_UNREADABLE',
    )
    expect((await upload('x', Buffer.from('{}'), 'application/json')).json().code).toBe('AP_BODY_KIND')
    expect((await upload('x', wav, 'text/plain')).json().code).toBe('AP_BODY_KIND')
  })
})

describe('users and tokens', () => {
  it('never show a hash, and never lose the last owner', async () => {
    await desk.logIn('ada')
    await ask('POST', '/users', { name: 'max', password: PASSWORD })
    const users = await ask('GET', '/users')
    expect(users.json()).toMatchObject([
      { name: 'ada', role: 'owner' },
      { name: 'max', role: 'member' },
    ])
    expect(users.body).not.toContain('scrypt')
    expect((await ask('DELETE', '/users/ada')).json().code).toBe('AP_LAST_OWNER')
    expect((await ask('PATCH', '/users/ada', { role: 'member' })).json().code).toBe('AP_LAST_OWNER')
    expect((await ask('PATCH', '/users/max', {})).json().message).toContain('give a new password, a role')
    expect((await ask('DELETE', '/users/max')).statusCode).toBe(204)
  })

  it('change what they may do at once, and stay logged in', async () => {
    await desk.logIn('ada')
    const headers = await desk.logIn('max')
    const status = async () => (await desk.api.inject({ url: '/api/v1/users', headers })).statusCode
    expect(await status()).toBe(200)
    expect((await ask('PATCH', '/users/max', { role: 'member' })).json()).toMatchObject({ role: 'member' })
    expect(await status()).toBe(403)
    await ask('PATCH', '/users/max', { role: 'owner' })
    expect(await status()).toBe(200)
  })

  it('show a token once, keep its last use, and refuse it once it is removed', async () => {
    const made = (await ask('POST', '/tokens', { name: 'backup' })).json()
    expect(made.secret).toMatch(/^ap_[\w-]{43}$/)
    const headers = { authorization: `Bearer ${made.secret}` }
    expect((await desk.api.inject({ url: '/api/v1/messages', headers })).statusCode).toBe(200)
    const list = await ask('GET', '/tokens')
    expect(list.json().find(({ name }: { name: string }) => name === 'backup').lastUsedAt).not.toBeNull()
    expect(list.body).not.toContain(made.secret)
    await ask('DELETE', '/tokens/backup')
    expect((await desk.api.inject({ url: '/api/v1/messages', headers })).statusCode).toBe(401)
  })
})

describe('a body', () => {
  it('that is too large, broken or of the wrong kind is refused in words', async () => {
    const send = (payload: string, type: string) =>
      desk.api.inject({
        method: 'POST',
        url: '/api/v1/mailboxes',
        payload,
        headers: { ...desk.asToken, 'content-type': type },
      })
    expect((await send(`{"name":"${'x'.repeat(70_000)}"}`, 'application/json')).json().code).toBe(
      'AP_BODY_TOO_LARGE',
    )
    expect((await send('{"name":', 'application/json')).json().code).toBe('AP_INPUT_INVALID')
    expect((await send('name=x', 'application/x-www-form-urlencoded')).json().code).toBe('AP_BODY_KIND')
    expect((await send('{"name":"x"}', 'text/plain')).json().code).toBe('AP_BODY_KIND')
  })
})
