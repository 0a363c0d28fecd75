import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { silentLog } from '../../shared/log.ts'
import type { Mail } from '../../store/model.ts'
import type { MailAccount } from './account.ts'
import type { Letter } from './letter.ts'
import { mailHouseNews } from './mail-house-news.ts'
import { mailLineNews } from './mail-line-news.ts'
import { mailNewMessage, queueMails } from './mail-new-message.ts'
import { openOutbox } from './outbox.ts'
import type { SendMail } from './send-mail.ts'

const ACCOUNT: MailAccount = {
  host: 'mail.example.org',
  port: 587,
  security: 'starttls',
  user: 'ada',
  password: 'secret',
  from: 'machine@example.org',
  pageUrl: null,
  language: 'en',
  format: 'wav',
}
const MINUTE = 60_000
const NO_END = { state: 'waiting', endedAt: null, problem: null, detail: '' } as const

let desk: ApiDesk
let account: MailAccount | undefined
let sent: Letter[]
/** What the server does to each letter. */
let server: SendMail
let outbox: AsyncDisposable
const known = new Map<string, string>()

const accounts = { isGiven: false, read: async () => account, write: async () => {}, remove: async () => {} }
const open = () =>
  openOutbox({
    store: desk.store,
    mailboxes: desk.mailboxes,
    accounts,
    send: (...all) => server(...all),
    nameOf: (number) => known.get(number ?? '') ?? null,
    clock: desk.clock,
    log: silentLog,
  })
const tools = () => ({ ...desk, makeId: () => `mail${++made}`, accounts })
let made = 0

async function queue(...recipients: string[]): Promise<readonly Mail[]> {
  const { id } = await desk.leaveMessage()
  return queueMails(tools(), { messageId: id, format: 'wav', note: 'hear this', by: 'user:ada' }, recipients)
}
const states = async () => (await desk.store.mails.list({ limit: 50 })).rows.map(({ state }) => state)
const later = (ms: number) => desk.clock.advanceAsync(ms)
const fail = (code: 'AP_MAIL_UNREACHABLE' | 'AP_MAIL_DEFERRED' | 'AP_MAIL_REFUSED') => {
  server = async () => {
    throw new AnswerphoneError(code, { answer: `${code} it is` })
  }
}
const take: SendMail = async (_account, letter) => {
  sent.push(letter)
  return '250 taken'
}

beforeEach(async () => {
  desk = await openApiDesk()
  account = ACCOUNT
  sent = []
  server = take
  outbox = open()
})
afterEach(async () => {
  await outbox[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
})

describe('the outbox', () => {
  it('sends what is put in, one letter to each, with the recording', async () => {
    await queue('ruth@example.org', 'max@example.org')
    await expect.poll(states).toEqual(['sent', 'sent'])
    expect(sent.map(({ to }) => to).toSorted()).toEqual(['max@example.org', 'ruth@example.org'])
    expect(sent[0]).toMatchObject({
      id: expect.stringMatching(/^mail\d+$/),
      subject: 'Message from Grace (0:01)',
      text: expect.stringContaining('> hear this'),
      attachment: { bytes: 16_044, media: 'audio/wav', name: expect.stringMatching(/Grace\.wav$/) },
    })
    expect(sent[0]?.text).toContain('ada sends you this message')
  })

  it('names the caller as the owner knows him, also in the name of the file', async () => {
    known.set('+4930123456', 'Mum')
    await queue('ruth@example.org')
    await expect.poll(states).toEqual(['sent'])
    expect(sent[0]).toMatchObject({
      subject: 'Message from Mum (0:01)',
      attachment: { name: expect.stringMatching(/Mum\.wav$/) },
    })
    known.clear()
  })

  it('tries again for days while the server is away, with the same id, and then says that it failed', async () => {
    fail('AP_MAIL_UNREACHABLE')
    const [mail] = await queue('ruth@example.org')
    const row = () => desk.store.mails.get(mail?.id ?? '')
    const start = desk.clock.now()
    await expect.poll(row).toMatchObject({ tries: 1, nextAt: start + MINUTE })
    await later(MINUTE)
    await expect.poll(row).toMatchObject({ tries: 2, nextAt: start + 6 * MINUTE })
    await later(5 * MINUTE)
    await expect.poll(row).toMatchObject({ tries: 3, nextAt: start + 21 * MINUTE })
    // Days later.
    await desk.store.mails.settle(mail?.id ?? '', { ...NO_END, tries: 15, nextAt: desk.clock.now() })
    await later(MINUTE)
    await expect.poll(states).toEqual(['failed'])
    expect(await desk.store.mails.get(mail?.id ?? '')).toMatchObject({
      state: 'failed',
      tries: 16,
      problem: 'AP_MAIL_UNREACHABLE',
      detail: 'AP_MAIL_UNREACHABLE it is',
    })
    server = take
    await desk.store.mails.retry(mail?.id ?? '', desk.clock.now())
    await later(MINUTE)
    await expect.poll(() => sent.map(({ id }) => id)).toEqual([mail?.id])
    await expect.poll(states).toEqual(['sent'])
  })

  it('does not ask a server that is away for each mail, but goes on past one that is put off', async () => {
    let asked = 0
    server = async () => {
      asked += 1
      throw new AnswerphoneError('AP_MAIL_UNREACHABLE', { answer: '' })
    }
    await queue('a@example.org', 'b@example.org', 'c@example.org')
    await expect.poll(() => asked).toBe(1)
    await later(16_000)
    await expect.poll(() => asked).toBe(2)
    fail('AP_MAIL_DEFERRED')
    await later(5 * MINUTE)
    await expect.poll(states).toEqual(['waiting', 'waiting', 'waiting'])
    await expect
      .poll(async () => (await desk.store.mails.list({ limit: 9 })).rows.map(({ problem }) => problem))
      .toEqual(Array(3).fill('AP_MAIL_DEFERRED'))
  })

  it('gives up at once what is refused, or has no message any more', async () => {
    fail('AP_MAIL_REFUSED')
    await queue('nobody@example.org')
    await expect.poll(states).toEqual(['failed'])
    server = take
    await queueMails(tools(), { messageId: 'gone', format: 'wav', note: '', by: 'machine' }, [
      'a@example.org',
    ])
    await expect.poll(states).toEqual(['failed', 'failed'])
    expect(sent).toEqual([])
  })

  it('keeps what waits while no account is set up, and over a restart', async () => {
    account = undefined
    await queue('ruth@example.org')
    await expect
      .poll(async () => (await desk.store.mails.list({ limit: 9 })).rows[0]?.problem)
      .toBe('AP_MAIL_NOT_SET_UP')
    await outbox[Symbol.asyncDispose]()
    account = ACCOUNT
    outbox = open()
    await desk.store.mails.hurry(desk.clock.now())
    await expect.poll(states).toEqual(['sent'])
  })

  it('gives back what it was sending when it is stopped, as if it had never tried', async () => {
    server = (_account, _letter, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
    const [mail] = await queue('ruth@example.org')
    await expect.poll(async () => (await desk.store.mails.get(mail?.id ?? ''))?.tries).toBe(1)
    await outbox[Symbol.asyncDispose]()
    expect(await desk.store.mails.get(mail?.id ?? '')).toMatchObject({
      state: 'waiting',
      tries: 0,
      nextAt: desk.clock.now(),
    })
  })
})

it('a mailbox mails its new messages to whom it is told, in the usual format', async () => {
  const message = await desk.leaveMessage()
  await mailNewMessage(message, tools())
  expect(await states()).toEqual([])
  await desk.store.mailboxes.set('home', { mailTo: ['ruth@example.org'] })
  await mailNewMessage(message, tools())
  await expect.poll(states).toEqual(['sent'])
  expect(sent[0]).toMatchObject({ to: 'ruth@example.org', attachment: { media: 'audio/wav' } })
  expect(sent[0]?.text).toContain('New message')
})

describe('news of a line', () => {
  const since = Date.UTC(2026, 0, 5, 8)
  const problem = { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.7:5060' }
  const news = { lineId: 'l', line: 'office', since } as const
  const lost = { ...news, state: 'lost', problem } as const
  const back = { ...news, state: 'back', problem: null } as const

  it('go to whom the account names, or to its own address, and say since when and why', async () => {
    await mailLineNews(lost, tools())
    await expect.poll(states).toEqual(['sent'])
    account = { ...ACCOUNT, alertTo: ['ruth@example.org', 'max@example.org'], language: 'de' }
    await mailLineNews(back, tools())
    await expect.poll(states).toEqual(['sent', 'sent', 'sent'])
    const [first, ...others] = sent
    expect(first).toMatchObject({ to: 'machine@example.org', subject: 'Line office is lost' })
    expect(first?.text).toContain('AP_REGISTRAR_SILENT udp 192.0.2.7:5060')
    expect(first).not.toHaveProperty('attachment')
    expect(others.map(({ to }) => to).toSorted()).toEqual(['max@example.org', 'ruth@example.org'])
    expect(others[0]?.subject).toBe('Leitung office geht wieder')
  })

  it('that a line is lost is recalled where it could not be sent before the line was back', async () => {
    fail('AP_MAIL_UNREACHABLE')
    await mailLineNews(lost, tools())
    await expect.poll(async () => (await desk.store.mails.list({ limit: 1 })).rows[0]?.tries).toBe(1)
    server = take
    await mailLineNews(back, tools())
    await later(MINUTE)
    await expect.poll(states).toEqual(['sent'])
    expect(sent.map(({ subject }) => subject)).toEqual(['Line office is back'])
  })

  it('are not queued where no mail is set up', async () => {
    account = undefined
    await mailLineNews(lost, tools())
    expect(await states()).toEqual([])
  })
})

describe('news of wrong PINs', () => {
  const locked = { kind: 'pin-locked', mailbox: 'home', callerNumber: '+4930666' } as const
  const news = { ...locked, until: Date.UTC(2026, 0, 5, 12, 34) }
  const tell = () => mailHouseNews({ ...tools(), log: silentLog })

  it('say who typed them, and until when no PIN is taken', async () => {
    tell()(news)
    await expect.poll(states).toEqual(['sent'])
    expect(sent[0]).toMatchObject({ to: 'machine@example.org', subject: 'Wrong PINs for mailbox home' })
    for (const part of ['+4930666', '34', 'Locked until']) expect(sent[0]?.text).toContain(part)
    account = { ...ACCOUNT, language: 'de' }
    tell()({ ...news, callerNumber: null })
    await expect.poll(states).toEqual(['sent', 'sent'])
    expect(sent[1]?.subject).toBe('Falsche PINs für die Mailbox home')
    expect(sent[1]?.text).toContain('Nummer unterdrückt')
  })

  it('are not queued where no mail is set up, nor what is no news', async () => {
    tell()({ kind: 'call-ended' })
    account = undefined
    tell()(news)
    expect(await states()).toEqual([])
  })
})
