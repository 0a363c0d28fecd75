import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { AnswerphoneError } from '../../shared/errors.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, headers = {}) =>
  desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...desk.asToken, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const account = { host: 'mail.example.org', from: 'me@example.org', user: 'me', password: 'secret word' }

describe('the mail account', () => {
  it('is set up with what is usual, kept for our eyes only, and never shows its password', async () => {
    expect((await ask('GET', '/mail')).json()).toEqual({ account: null, isGiven: false })
    const made = await ask('PATCH', '/mail', account)
    expect(made.json()).toEqual({
      account: {
        ...{ host: 'mail.example.org', port: 587, security: 'starttls', user: 'me', hasPassword: true },
        ...{ from: 'me@example.org', alertTo: [], pageUrl: null, language: 'en', format: 'mp3' },
      },
      isGiven: false,
    })
    expect((await ask('GET', '/mail')).body).not.toContain('secret word')
    const file = join(desk.folder, 'secrets', 'mail.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain('secret word')
    expect((await ask('PATCH', '/mail', { security: 'tls', language: 'de' })).json().account).toMatchObject({
      port: 465,
      language: 'de',
      hasPassword: true,
    })
    expect((await ask('PATCH', '/mail', { user: null })).json().account.hasPassword).toBe(false)
    expect((await ask('DELETE', '/mail')).statusCode).toBe(204)
    expect((await ask('GET', '/mail')).json()).toEqual({ account: null, isGiven: false })
  })

  it.each([
    [{ host: 'mail.example.org' }, 'from'],
    [{ ...account, from: 'me' }, 'no mail address'],
    [{ ...account, from: 'me@example.org\r\nBcc: all@example.org' }, 'no mail address'],
    [{ ...account, host: 'mail.example.org/x' }, 'no name or address of a server'],
    [{ ...account, pageUrl: 'javascript:alert(1)' }, 'no address of a page'],
    [{ ...account, security: 'none' }, 'could read the password'],
  ])('refuses %o, and says why', async (change, why) => {
    const answer = await ask('PATCH', '/mail', change)
    expect(answer.json()).toMatchObject({ code: 'AP_INPUT_INVALID', message: expect.stringContaining(why) })
    expect((await ask('GET', '/mail')).json()).toEqual({ account: null, isGiven: false })
  })

  it('gives its password to no other server than the one that it is for', async () => {
    await ask('PATCH', '/mail', account)
    const moved = await ask('PATCH', '/mail', { host: 'elsewhere.example.org' })
    expect(moved.json().message).toContain('Give the password again')
    expect((await ask('GET', '/mail')).json().account.host).toBe('mail.example.org')
    expect((await ask('PATCH', '/mail', { host: 'b.example.org', password: 'x' })).statusCode).toBe(200)
  })

  it('is seen by members, and changed and tried by owners only', async () => {
    const headers = { ...(await desk.logIn('max', 'member')), authorization: '' }
    expect((await ask('GET', '/mail', undefined, headers)).statusCode).toBe(200)
    expect((await ask('PATCH', '/mail', account, headers)).json().code).toBe('AP_NOT_ALLOWED')
    expect((await ask('POST', '/mail/test', { to: 'a@example.org' }, headers)).statusCode).toBe(403)
  })
})

describe('a test mail', () => {
  it('tells what the server said, or why it was not sent', async () => {
    await desk[Symbol.asyncDispose]()
    let refuses = false
    desk = await openApiDesk({}, async (_account, { to, subject }) => {
      if (refuses) throw new AnswerphoneError('AP_MAIL_LOGIN_REFUSED', { host: 'h', answer: '535 no' })
      return `250 ${to} ${subject}`
    })
    const test = (to: string) => ask('POST', '/mail/test', { to })
    expect((await test('me@example.org')).json().code).toBe('AP_MAIL_NOT_SET_UP')
    await ask('PATCH', '/mail', account)
    expect((await test('me@example.org')).json()).toEqual({ answer: '250 me@example.org Mail works' })
    expect((await test('Me <me@example.org>')).statusCode).toBe(400)
    refuses = true
    expect((await test('me@example.org')).json()).toMatchObject({
      code: 'AP_MAIL_LOGIN_REFUSED',
      message: expect.stringContaining('535 no'),
    })
  })
})

describe('mails', () => {
  it('are listed, tried again and taken out', async () => {
    const now = desk.clock.now()
    const row = {
      messageId: 'm',
      lineNews: null,
      lockNews: null,
      fillNews: null,
      recipient: 'ruth@example.org',
      format: 'mp3',
      note: '',
      by: 'machine',
    } as const
    const over = { nextAt: null, endedAt: now, tries: 1 }
    await desk.store.mails.add([
      { ...row, ...over, id: 'a', state: 'sent', createdAt: now, problem: null, detail: '' },
      {
        ...row,
        ...over,
        id: 'b',
        state: 'failed',
        createdAt: now,
        problem: 'AP_MAIL_REFUSED',
        detail: '550',
      },
    ])
    expect((await ask('GET', '/mails?state=failed')).json()).toEqual({
      mails: [
        {
          ...{
            id: 'b',
            messageId: 'm',
            lineNews: null,
            lockNews: null,
            fillNews: null,
            to: 'ruth@example.org',
            format: 'mp3',
            note: '',
            by: 'machine',
          },
          ...{ state: 'failed', createdAt: '2026-01-05T09:00:00.000Z', tries: 1, nextAt: null },
          ...{ endedAt: '2026-01-05T09:00:00.000Z', problem: { code: 'AP_MAIL_REFUSED', detail: '550' } },
        },
      ],
      nextCursor: null,
    })
    expect((await ask('POST', '/mails/b/retry')).json()).toMatchObject({ state: 'waiting', tries: 0 })
    expect((await ask('POST', '/mails/a/retry')).json().code).toBe('AP_MAIL_OVER')
    expect((await ask('POST', '/mails/x/retry')).json().code).toBe('AP_NOT_FOUND')
    expect((await ask('DELETE', '/mails/b')).statusCode).toBe(204)
    expect((await ask('DELETE', '/mails/b')).statusCode).toBe(404)
  })

  it('go out for each message of a mailbox whose owner says so', async () => {
    const set = await ask('PATCH', '/mailboxes/home', { mailTo: ['ruth@example.org'] })
    expect(set.json().mailTo).toEqual(['ruth@example.org'])
    expect((await ask('PATCH', '/mailboxes/home', { mailTo: ['ruth'] })).json().message).toContain('"ruth"')
  })
})
