import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
let id: string
beforeEach(async () => {
  desk = await openApiDesk()
  id = (await desk.leaveMessage({ state: 'heard', heardAt: 1, note: 'the plumber', pickedUp: 'kept' })).id
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, headers = {}) =>
  desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...desk.asToken, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const forward = (order: object, headers = {}) => ask('POST', `/messages/${id}/forward`, order, headers)
const setUp = () => ask('PATCH', '/mail', { host: 'mail.example.org', from: 'me@example.org' })
const addOffice = () => ask('POST', '/mailboxes', { name: 'office' })
const recordings = () => readdirSync(join(desk.folder, 'recordings'))

describe('forwarding to addresses', () => {
  it('queues one mail for each, says who did it, and writes it down', async () => {
    await setUp()
    const headers = { ...(await desk.logIn('max', 'member')), authorization: '' }
    const order = { to: ['ruth@example.org', 'Ruth@example.org', 'jo@example.org'], note: ' Hear this\n' }
    const answer = await forward(order, headers)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      copy: null,
      mails: [
        { to: 'Ruth@example.org', format: 'mp3', note: 'Hear this', by: 'user:max', state: 'waiting' },
        { to: 'jo@example.org' },
      ],
    })
    expect((await ask('GET', `/mails?message=${id}`)).json().mails).toHaveLength(2)
    expect((await ask('GET', `/audit?message=${id}`)).json().entries).toMatchObject([
      { who: 'user:max', act: 'forwarded', detail: 'Ruth@example.org, jo@example.org' },
    ])
  })

  it('wants an account, a message with its recording, and an address that is one', async () => {
    expect((await forward({ to: ['ruth@example.org'] })).json().code).toBe('AP_MAIL_NOT_SET_UP')
    await setUp()
    for (const to of [
      'ruth',
      'Ruth <ruth@example.org>',
      'a@example.org,b@example.org',
      'a@example.org\nBcc: b@x.org',
    ])
      expect((await forward({ to: [to] })).json(), to).toMatchObject({
        code: 'AP_INPUT_INVALID',
        message: expect.stringContaining('no mail address'),
      })
    expect((await forward({})).json().message).toContain('say where to')
    expect((await ask('POST', '/messages/x/forward', { to: ['a@example.org'] })).statusCode).toBe(404)
    rmSync(join(desk.folder, 'recordings', `${id}.wav`))
    expect((await forward({ to: ['ruth@example.org'] })).json().code).toBe('AP_RECORDING_MISSING')
  })

  it('is no way to mail in bulk: ten at once, sixty an hour for each account', async () => {
    await setUp()
    const ten = (round: number) => Array.from({ length: 10 }, (_, place) => `a${round}-${place}@example.org`)
    expect((await forward({ to: [...ten(0), 'b@example.org'] })).json().message).toContain('at most 10')
    for (let round = 0; round < 6; round++) expect((await forward({ to: ten(round) })).statusCode).toBe(201)
    const refused = await forward({ to: ['b@example.org'] })
    expect(refused.json()).toMatchObject({ code: 'AP_MAIL_LIMIT', status: 429 })
    const other = { ...(await desk.logIn('max', 'member')), authorization: '' }
    expect((await forward({ to: ['b@example.org'] }, other)).statusCode).toBe(201)
    desk.clock.jump(3600_001)
    expect((await forward({ to: ['b@example.org'] })).statusCode).toBe(201)
  })
})

describe('forwarding to a mailbox', () => {
  it('puts a copy there that is new, says who sent it, and lives on its own', async () => {
    await addOffice()
    const { copy, mails } = (await forward({ mailbox: 'office', note: 'For you' })).json()
    expect(mails).toEqual([])
    expect(copy).toMatchObject({
      ...{ mailbox: 'office', state: 'new', note: 'For you\n\nthe plumber', forwardedBy: 'token:script' },
      ...{ callerName: 'Grace', receivedAt: '2026-01-05T09:00:00.000Z', pickedUp: null, heardAt: null },
    })
    expect((await ask('GET', `/messages/${id}`)).json()).toMatchObject({
      ...{ mailbox: 'home', state: 'heard', note: 'the plumber', forwardedBy: null },
    })
    await ask('DELETE', `/messages/${id}`)
    await ask('DELETE', `/messages/${id}?forever=1`)
    await expect.poll(() => existsSync(join(desk.folder, 'recordings', `${id}.wav`))).toBe(false)
    const sound = await ask('GET', `/messages/${copy.id}/audio`)
    expect(sound.rawPayload).toHaveLength(16_044)
  })

  it('keeps the note where none is added, and leaves nothing behind when it fails', async () => {
    await addOffice()
    expect((await forward({ mailbox: 'office' })).json().copy.note).toBe('the plumber')
    expect((await forward({ mailbox: 'home' })).json().message).toContain('is in home already')
    expect((await forward({ mailbox: 'attic' })).json().code).toBe('AP_NOT_FOUND')
    const before = recordings()
    const both = await forward({ mailbox: 'office', to: ['ruth@example.org'] })
    expect(both.json().code).toBe('AP_MAIL_NOT_SET_UP')
    expect(recordings()).toEqual(before)
    expect((await ask('GET', '/messages?mailbox=office')).json().messages).toHaveLength(1)
  })
})
