import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extract } from 'tar'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { readPcap } from '../../test/helpers/read-pcap.ts'
import { sampleTraceRow } from '../../test/helpers/sample-trace.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { unpackTrace } from '../trace/pack.ts'
import type { Trace } from '../trace/trace.ts'
import { openTraces } from '../trace/traces.ts'

const shell = emptyShell()
const { run, runWith, data } = shell

const openStore = () =>
  openSqliteStore({
    file: join(data(), 'answerphone.db'),
    clock: systemClock,
    makeId: idMaker(systemClock, systemRandom),
    log: silentLog,
  })

/** Each kind of secret that a machine has, by what it would let somebody do. */
const SECRETS = {
  account: 'pAccount-7f3a91',
  phone: 'pPhone-0b55e2d9aa',
  smtp: 'pSmtp-94cc10',
  vapid: 'kVapid-3a7710bd5e',
  cookie: 'cSession-11fe0a62',
  response: '6629fae49393a05397450978507c4ef1',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c0',
  cnonce: '0a4f113bc0ffee11',
  srtp: 'PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR',
  ice: 'iYbe3Kq8rT1vNw5xZc7pLm',
  uri: 'pInUri-55d1',
  link: 'tLink-aa83b00c',
  digit: 'Signal=7',
}
/** What names who called. */
const NAMES = ['301234567', 'Jürgen', 'Groß', 'alice-account', '98765432']

/** A call in whose messages every secret of the wire stands. */
async function traceWithSecrets(): Promise<Trace> {
  const clock = fakeClock()
  const done: Trace[] = []
  const traces = openTraces({ clock, onDone: (trace) => done.push(trace) })
  const body = [
    'v=0',
    'o=- 1 1 IN IP4 192.0.2.1',
    'c=IN IP4 192.0.2.1',
    'm=audio 4000 RTP/SAVP 0',
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${SECRETS.srtp}|2^20|1:4`,
    `a=ice-pwd:${SECRETS.ice}`,
    '',
  ].join('\r\n')
  const say = (start: string, headers: readonly string[], text = '') =>
    traces.tap({
      direction: 'in',
      bytes: Buffer.from(
        [
          start,
          'Call-ID: secret-call',
          'CSeq: 1 INVITE',
          ...headers,
          `Content-Length: ${text.length}`,
          '',
          text,
        ].join('\r\n'),
      ),
      peer: { transport: 'tls', address: '203.0.113.5', port: 5061 },
      local: () => ({ address: '192.0.2.2', port: 5061 }),
    })
  traces.begin('c9', 'call')
  say(
    `INVITE sip:home@192.0.2.2;token=${SECRETS.link} SIP/2.0`,
    [
      'From: "Jürgen Groß" <sip:+49301234567@p.example>;tag=a',
      `Contact: <sip:+49301234567:${SECRETS.uri}@203.0.113.5>`,
      `Authorization: Digest username="alice-account", nonce="${SECRETS.nonce}", response="${SECRETS.response}", cnonce="${SECRETS.cnonce}"`,
      `Cookie: answerphone=${SECRETS.cookie}`,
      'Content-Type: application/sdp',
    ],
    body,
  )
  traces.join('c9', 'secret-call', { kind: 'caller', name: '+49301234567' })
  say('SIP/2.0 401 Unauthorized', [`WWW-Authenticate: Digest realm="r", nonce="${SECRETS.nonce}"`])
  say(
    'INFO sip:home@192.0.2.2 SIP/2.0',
    ['Content-Type: application/dtmf-relay'],
    `${SECRETS.digit}\r\nDuration=100`,
  )
  traces.leave('c9', 'secret-call', undefined)
  traces.end('c9')
  await clock.advanceAsync(3000)
  return done[0] as Trace
}

/** A machine in which every secret is planted. Gives the token that it has made itself. */
async function plant(): Promise<string> {
  const account = ['--registrar', 'sip:p.example', '--user', 'alice-account', '--number', '+4998765432']
  const added = await runWith(
    { input: `${SECRETS.account}\n`, env: { ANSWERPHONE_DATA: data() } },
    ...['lines', 'add', 'office', ...account, '--password-stdin'],
  )
  expect(added.err).toBe('')
  const mailbox = ['--mailbox', 'office']
  expect((await run('phones', 'add', 'kitchen', '--password', SECRETS.phone, ...mailbox)).code).toBe(0)
  const token = (await run('tokens', 'create', 'script')).out.match(/ap_\S+/)?.[0] ?? ''
  expect(token).not.toBe('')
  await mkdir(join(data(), 'secrets'), { recursive: true })
  await writeFile(join(data(), 'secrets', 'push.json'), JSON.stringify({ privateKey: SECRETS.vapid }))
  await writeFile(join(data(), 'secrets', 'mail.json'), JSON.stringify({ password: SECRETS.smtp }))
  const store = await openStore()
  await store.traces.add(sampleTraceRow(await traceWithSecrets(), '+49301234567'))
  await store.calls.add(callRow('c9', { callerNumber: '+49301234567', callerName: 'Jürgen Groß' }))
  await store.close()
  return token
}

async function unpack(file: string): Promise<Map<string, Buffer>> {
  const folder = join(shell.folder, 'unpacked')
  await mkdir(folder)
  await extract({ file, cwd: folder })
  const names = await readdir(folder, { recursive: true })
  const files = new Map<string, Buffer>()
  for (const name of names)
    if ((await stat(join(folder, name))).isFile()) files.set(name, await readFile(join(folder, name)))
  return files
}

describe('answerphone report', () => {
  it('has no secret in it, whatever kind it is, and names nobody who called', async () => {
    const token = await plant()
    const file = join(shell.folder, 'report.tar.gz')
    const { code, out, err } = await run('report', '--out', file, '--voice-command', `say ${SECRETS.smtp}`)
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining('Passwords and keys are not in it'),
    })
    expect(out).toContain('ladders/c9.pcap')
    expect((await stat(file)).mode & 0o077).toBe(0)
    const files = await unpack(file)
    expect([...files.keys()].toSorted()).toEqual([
      'README.txt',
      'about.json',
      'calls.json',
      'config.json',
      'doctor.txt',
      'ladders/c9.messages.txt',
      'ladders/c9.pcap',
      'ladders/c9.txt',
      'lines.json',
      'phones.json',
    ])
    for (const [name, content] of files)
      for (const secret of [...Object.values(SECRETS), token, ...NAMES])
        for (const text of [content.toString('latin1'), content.toString('utf8')])
          expect(text.includes(secret), `${secret} in ${name}`).toBe(false)
    expect(files.get('lines.json')?.toString()).toContain('sip:p.example')
    expect(files.get('calls.json')?.toString()).toContain('+493xxxxxxxx')
    expect(files.get('config.json')?.toString()).toContain('"voiceCommand": "set"')
    expect(files.get('config.json')?.toString()).toContain('"webhooksPublic": false')
    const told = readPcap(files.get('ladders/c9.pcap') ?? Buffer.alloc(0)).filter(
      ({ payload }) => payload !== '',
    )
    expect(told).toHaveLength(3)
  })

  it('has numbers where they are wanted, and no secret all the same', async () => {
    await plant()
    const file = join(shell.folder, 'report.tar.gz')
    expect((await run('report', '--out', file, '--with-numbers', '--call', 'c9')).code).toBe(0)
    const files = await unpack(file)
    expect(files.get('ladders/c9.messages.txt')?.toString()).toContain('+49301234567')
    for (const [name, content] of files)
      for (const secret of Object.values(SECRETS))
        expect(content.toString('latin1').includes(secret), `${secret} in ${name}`).toBe(false)
  })

  it('says what is wrong: a file that is there, a call that is not', async () => {
    await plant()
    const file = join(shell.folder, 'report.tar.gz')
    expect((await run('report', '--out', file, '--call', 'none')).err).toContain('AP_LADDER_MISSING')
    await writeFile(file, '')
    expect((await run('report', '--out', file)).err).toContain('AP_FILE_UNUSABLE')
  })

  it('is of use before the first start, too', async () => {
    const file = join(shell.folder, 'report.tar.gz')
    expect((await run('report', '--out', file)).code).toBe(0)
    expect((await unpack(file)).get('doctor.txt')?.toString()).toContain('ok')
  })
})

describe('the database', () => {
  it('has no secret of the wire in it', async () => {
    await plant()
    const store = await openStore()
    const row = await store.traces.get('c9')
    await store.close()
    const kept = JSON.stringify(row && unpackTrace(row))
    expect(kept).toContain('alice-account')
    const { response, nonce, cnonce, srtp, ice, cookie, uri, link, digit } = SECRETS
    for (const secret of [response, nonce, cnonce, srtp, ice, cookie, uri, link, digit])
      expect(kept.includes(secret), secret).toBe(false)
  })
})
