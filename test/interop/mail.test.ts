import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { describe, expect, it } from 'vitest'
import type { MailPage } from '../../src/api/contract.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import type { MailAccount } from '../../src/notify/mail/account.ts'
import { composeTest } from '../../src/notify/mail/compose.ts'
import { sendMail } from '../../src/notify/mail/send-mail.ts'
import {
  MAIL_PASSWORD,
  type MailServer,
  reply,
  startMailServer,
  startOddServer,
} from '../helpers/mail-server.ts'
import { eventually } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'

const accountAt = (port: number, change: Partial<MailAccount> = {}): MailAccount => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: 'ada',
  password: MAIL_PASSWORD,
  from: 'machine@example.org',
  pageUrl: null,
  language: 'en',
  format: 'mp3',
  ...change,
})
const letter = (to = 'ruth@example.org') => ({
  id: 'm1',
  to,
  ...composeTest({ pageUrl: null, language: 'en' }),
})
const send = (account: MailAccount, signal = AbortSignal.timeout(10_000)) =>
  sendMail(account, letter(), signal)
const plain = { disabledCommands: ['STARTTLS'], allowInsecureAuth: true }

describe('a mail server that does not take the mail', () => {
  it('is told apart by what it does', async () => {
    const answer = async (account: MailAccount) => {
      const error = await send(account).catch((thrown: unknown) => thrown)
      return (error as { code?: string }).code
    }
    await using good = await startMailServer(plain)
    await using busy = await startMailServer({ ...plain, refuse: () => reply(451, '4.7.1 greylisted') })
    await using full = await startMailServer({ ...plain, refuse: () => reply(554, '5.7.1 no spam') })
    await using small = await startMailServer({ ...plain, size: 100 })
    await using closed = await startMailServer(plain)
    await using web = await startOddServer('HTTP/1.1 400 Bad Request\r\n\r\n')
    await closed[Symbol.asyncDispose]()
    expect(await send(accountAt(good.port))).toMatch(/^250 /)
    expect(await answer(accountAt(closed.port))).toBe('AP_MAIL_UNREACHABLE')
    expect(await answer(accountAt(web.port))).toBe('AP_MAIL_UNREACHABLE')
    expect(await answer(accountAt(25, { host: 'mail.invalid' }))).toBe('AP_MAIL_UNREACHABLE')
    expect(await answer(accountAt(good.port, { password: 'wrong' }))).toBe('AP_MAIL_LOGIN_REFUSED')
    expect(await answer(accountAt(good.port, { user: null }))).toBe('AP_MAIL_LOGIN_REFUSED')
    expect(await answer(accountAt(busy.port))).toBe('AP_MAIL_DEFERRED')
    expect(await answer(accountAt(full.port))).toBe('AP_MAIL_REFUSED')
    expect(await answer(accountAt(small.port))).toBe('AP_MAIL_TOO_LARGE')
    expect(await answer(accountAt(good.port, { security: 'starttls' }))).toBe('AP_MAIL_UNSAFE')
    expect(await answer(accountAt(good.port, { security: 'tls' }))).toBe('AP_MAIL_UNSAFE')
    expect(good.mails).toHaveLength(1)
  })

  it('gets no password before the connection is safe, and is left when it says nothing', async () => {
    await using stranger = await startMailServer()
    await expect(send(accountAt(stranger.port, { security: 'starttls' }))).rejects.toMatchObject({
      code: 'AP_MAIL_UNSAFE',
      message: expect.stringContaining('certificate'),
    })
    await using silent = await startOddServer()
    await expect(send(accountAt(silent.port), AbortSignal.timeout(300))).rejects.toMatchObject({
      code: 'AP_MAIL_TOO_SLOW',
    })
  })
})

it('a message goes to its recipients by STARTTLS with a login, once the mail server is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-mail-'))
  const trusted = join(folder, 'root.pem')
  const first = await startMailServer()
  writeFileSync(trusted, first.root)
  await using machine = await startMachine({ env: { NODE_EXTRA_CA_CERTS: trusted } })
  await machine.line('home', { ringSeconds: 0 })
  const account = {
    ...{ host: 'localhost', port: first.port, user: 'ada', password: MAIL_PASSWORD },
    ...{ from: 'machine@example.org', pageUrl: 'https://machine.example/', format: 'opus' },
  }
  const greeting = join(folder, 'greeting.wav')
  writeFileSync(greeting, writeWav(new Int16Array(4000), 8000))
  await machine.cli('greetings', 'add', 'brief', '--file', greeting)
  await machine.cli('mailboxes', 'set', 'home', '--greeting', 'brief')
  const json = { 'content-type': 'application/json' }
  const patch = async (path: string, body: object) =>
    expect(
      (await machine.api(path, { method: 'PATCH', headers: json, body: JSON.stringify(body) })).status,
    ).toBe(200)
  await patch('/mail', account)
  await machine.post('/mail/test', { to: 'ada@example.org' })
  expect(first.mails).toMatchObject([{ to: ['ada@example.org'], user: 'ada', secure: true }])

  await first[Symbol.asyncDispose]()
  await machine.cli('mailboxes', 'set', 'home', '--mail-to', 'ruth@example.org, max@example.org')
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('home', { number: '+4930555', name: 'Eve <b> Bcc: all@example.org' })
  call.talk()
  await machine.recording({ number: '+4930555' })
  await new Promise((later) => setTimeout(later, 2000))
  await call.bye()
  const mails = async () => ((await (await machine.api('/mails')).json()) as MailPage).mails
  await eventually(async () => (await mails()).some(({ problem }) => problem !== null))
  expect(await mails()).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }])

  // Another server with another certificate would not do.
  await using back = await startAgain(first)
  for (const { id } of await mails()) await machine.cli('mail', 'retry', id)
  await eventually(async () => back.mails.length === 2, 60_000)
  await eventually(async () => (await mails()).every(({ state }) => state === 'sent'))
  const [mail] = back.mails
  expect(back.mails.map(({ to }) => to).toSorted()).toEqual([['max@example.org'], ['ruth@example.org']])
  const raw = mail?.raw ?? ''
  const [head = ''] = raw.split('\r\n\r\n')
  expect(head).toMatch(/^Auto-Submitted: auto-generated$/m)
  expect(head).toMatch(/^Message-ID: <[0-9a-z]{26}@example\.org>$/m)
  expect(head.match(/^(Bcc|To|From|Subject):/gim)?.toSorted()).toEqual(['From:', 'Subject:', 'To:'])
  expect(raw).toContain('https://machine.example/')
  expect(await attachedTo(raw, 'audio/ogg')).toEqual({ codec: 'opus', seconds: expect.closeTo(2, 0) })

  // Sent on, in each other format, with a few words.
  const [{ id = '' } = {}] = await machine.list<{ id: string }>('messages', 'list')
  for (const [format, media, codec] of [
    ['mp3', 'audio/mpeg', 'mp3'],
    ['wav', 'audio/wav', 'pcm-s16'],
  ] as const) {
    const to = `${format}@example.org`
    await machine.cli('messages', 'forward', id, '--to', to, '--note', `For ${format}`, '--format', format)
    const sentOn = await eventually(async () => back.mails.find((each) => each.to.includes(to)), 20_000)
    expect(sentOn.raw).toContain(`For ${format}`)
    expect(await attachedTo(sentOn.raw, media)).toEqual({ codec, seconds: expect.closeTo(2, 0) })
  }
  rmSync(folder, { recursive: true })
}, 120_000)

/** What a player makes of the recording. */
async function attachedTo(raw: string, media: string) {
  const part = raw.split(new RegExp(`Content-Type: ${media}[\\s\\S]*?\\r\\n\\r\\n`))[1]
  const bytes = Buffer.from(part?.split('\r\n--')[0] ?? '', 'base64')
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  return { codec: await track?.getCodec(), seconds: await input.computeDuration() }
}

/** On the same port, with the same certificate. */
const startAgain = (server: MailServer) => startMailServer({ port: server.port, ...server.identity })
