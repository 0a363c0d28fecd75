import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { hashCredentials } from '../../shared/credentials.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
  desk.api.inject({
    method,
    url: `/api/v1/phones${path}`,
    headers: desk.asToken,
    ...(payload === undefined ? {} : { payload }),
  })

describe('phones', () => {
  it('come with a password that is shown once, and never with a hash', async () => {
    const added = await ask('POST', '', { name: 'kitchen' })
    expect(added.statusCode).toBe(201)
    const { password, ...phone } = added.json()
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/)
    expect(phone).toMatchObject({ mailboxes: ['home'], speaker: false, hasRegistered: false, devices: [] })
    const [kept] = await desk.store.phones.credentials()
    expect(kept).toEqual({
      name: 'kitchen',
      credentials: hashCredentials('kitchen', 'answerphone', password),
    })
    const list = await ask('GET', '')
    expect(list.json()).toEqual([phone])
    for (const secret of [password, kept?.credentials.MD5, kept?.credentials['SHA-256']])
      expect(list.body).not.toContain(secret)
    expect((await ask('GET', '/kitchen')).json()).toEqual(phone)
  })

  it('with a password of their owner’s show none', async () => {
    const added = await ask('POST', '', { name: 'kitchen', password: 'long enough', speaker: true })
    expect(added.json()).toMatchObject({ password: null, speaker: true })
    for (const password of ['short', 'with\nline break', ''])
      expect((await ask('POST', '', { name: 'hall', password })).json().code).toBe('AP_INPUT_INVALID')
  })

  it('say where they are registered, and until when', async () => {
    const { id } = (await ask('POST', '', { name: 'kitchen' })).json()
    const binding = {
      ...{ phoneId: id, transport: 'udp', address: '192.0.2.7', port: 5062, userAgent: 'baresip' },
      ...{ localAddress: '192.0.2.1', localPort: 5060, path: [], callId: 'a', cseq: 1, q: 1 },
      ...{ instance: null, regId: null },
    }
    const now = desk.clock.now()
    await desk.store.bindings.put({ ...binding, contact: 'sip:a@192.0.2.7', expiresAt: now + 60_000 })
    await desk.store.bindings.put({ ...binding, contact: 'sip:b@192.0.2.7', expiresAt: now })
    expect((await ask('GET', '/kitchen')).json()).toMatchObject({
      hasRegistered: true,
      devices: [
        { userAgent: 'baresip', address: 'udp 192.0.2.7:5062', until: new Date(now + 60_000).toISOString() },
      ],
    })
  })

  it('change their password with their name', async () => {
    await ask('POST', '', { name: 'kitchen' })
    const [before] = await desk.store.phones.credentials()
    expect((await ask('PATCH', '/kitchen', { speakerGainDb: -6 })).json()).toMatchObject({
      speakerGainDb: -6,
      password: null,
    })
    expect(await desk.store.phones.credentials()).toEqual([before])
    expect((await ask('PATCH', '/kitchen', { name: 'hall' })).json()).toMatchObject({
      code: 'AP_INPUT_INVALID',
    })
    const { password } = (await ask('PATCH', '/kitchen', { name: 'hall', newPassword: true })).json()
    expect(await desk.store.phones.credentials()).toEqual([
      { name: 'hall', credentials: hashCredentials('hall', 'answerphone', password) },
    ])
    expect((await ask('DELETE', '/hall')).statusCode).toBe(204)
    expect((await ask('DELETE', '/hall')).json().code).toBe('AP_NOT_FOUND')
  })

  it('have to say for whom they ring where there is a choice', async () => {
    const { id: _, ...mailbox } = (await desk.store.mailboxes.list())[0] ?? expect.fail()
    await desk.store.mailboxes.add({ ...mailbox, name: 'office' })
    expect((await ask('POST', '', { name: 'kitchen' })).json().message).toContain('home, office')
    const both = { name: 'kitchen', mailboxes: ['office', 'home', 'home'] }
    expect((await ask('POST', '', both)).json().mailboxes.toSorted()).toEqual(['home', 'office'])
    expect((await ask('PATCH', '/kitchen', { mailboxes: ['attic'] })).json().code).toBe('AP_NOT_FOUND')
    expect((await ask('PATCH', '/kitchen', { mailboxes: [] })).json().mailboxes).toEqual([])
  })
})
