import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

const shell = emptyShell()
const { run, runWith, data } = shell

async function leaveMessages(count: number): Promise<void> {
  const clock = systemClock
  const makeId = idMaker(clock, systemRandom)
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  const store = await openSqliteStore({ file: join(data(), 'answerphone.db'), clock, makeId, log: silentLog })
  const line = await store.lines.get('home')
  for (let number = 0; number < count; number++) {
    const id = makeId()
    await store.messages.add({
      id,
      callId: makeId(),
      mailboxId: line?.mailboxId ?? '',
      lineId: line?.id ?? '',
      callerNumber: `+4930${number}`,
      callerE164: null,
      callerName: number === 0 ? 'Eve \x1b[31m' : null,
      receivedAt: Date.UTC(2026, 4, 1, 12, 0, number),
      durationMs: 61_000,
      state: 'new',
      stateBeforeTrash: null,
      trashedAt: null,
      heardAt: null,
      cutOff: false,
      file: `${id}.wav`,
      note: '',
      pickedUp: null,
      kind: 'message',
      forwardedBy: null,
      junkReason: null,
    })
  }
  await store.close()
}

describe('answerphone messages', () => {
  it('lists them for people, with local times and without what steers a terminal', async () => {
    await leaveMessages(2)
    const { out } = await run('messages', 'list')
    expect(out.split('\n')[1]).toMatch(/^2026-05-01 \d\d:\d\d {2}\+49301 +1:01 +new +home/)
    expect(out).toContain('Eve �[31m <+49300>')
    expect(out).not.toContain('\x1b')
  })

  it('shows the last', async () => {
    await leaveMessages(2)
    const [newest, other] = (await run('messages', 'list', '--json')).json()
    expect((await run('messages', 'show', 'last')).json().id).toBe(newest.id)
    await run('messages', 'trash', newest.id)
    expect((await run('messages', 'show', 'last')).json().id).toBe(other.id)
    await run('messages', 'trash', other.id)
    expect((await run('messages', 'show', 'last')).err).toContain('AP_NOT_FOUND')
  })

  it('does with the last what it is told', async () => {
    await leaveMessages(2)
    const [newest] = (await run('messages', 'list', '--json')).json()
    await run('messages', 'set', 'last', '--note', 'call back')
    expect((await run('messages', 'heard', 'last')).out).toBe(`${newest.id} is heard.\n`)
    expect((await run('messages', 'show', 'last')).json()).toMatchObject({
      note: 'call back',
      state: 'heard',
    })
    expect((await run('messages', 'trash', 'last')).out).toContain(newest.id)
    expect((await run('messages', 'restore', 'last')).out).toBe(`${newest.id} is out of the trash.\n`)
    expect((await run('messages', 'show', newest.id)).json().state).toBe('heard')
    await run('messages', 'junk', 'last')
    expect((await run('messages', 'not-junk', 'last')).out).toBe(`${newest.id} is no junk any more.\n`)
    await run('messages', 'trash', newest.id)
    expect((await run('messages', 'forward', 'last', '--to', 'home')).err).toContain('is in home already')
  })

  it('gives scripts all that they ask for, over many pages', async () => {
    await leaveMessages(250)
    expect((await run('messages', 'list', '--json')).json()).toHaveLength(50)
    const all = (await run('messages', 'list', '--json', '--limit', '1000')).json()
    expect(new Set(all.map(({ id }: { id: string }) => id)).size).toBe(250)
    expect((await run('messages', 'list', '--json', '--q', '30249')).json()).toHaveLength(1)
    expect((await run('messages', 'list', '--before', '2026-04-01', '--json')).json()).toEqual([])
    for (const none of ['noon', '01.11.2026', '2026-02-30', 'may 5'])
      expect((await run('messages', 'list', '--from', none)).err).toContain(`--from: "${none}" is no time`)
  })

  it('marks, notes, trashes, restores and purges them', async () => {
    await leaveMessages(1)
    const { id } = (await run('messages', 'list', '--json')).json()[0]
    const state = async () => (await run('messages', 'show', id)).json().state
    expect((await run('messages', 'heard', id)).out).toBe(`${id} is heard.\n`)
    expect(await state()).toBe('heard')
    await run('messages', 'set', id, '--note', 'call back')
    expect((await run('messages', 'show', id)).json().note).toBe('call back')
    await run('messages', 'remove', id)
    expect(await state()).toBe('trash')
    expect((await run('messages', 'restore', id)).out).toBe(`${id} is out of the trash.\n`)
    expect((await run('messages', 'purge', id)).err).toContain('AP_MESSAGE_NOT_IN_TRASH')
    expect((await run('messages', 'trash', id)).out).toBe(`${id} is in the trash.\n`)
    expect((await run('messages', 'purge')).code).toBe(1)
    expect((await run('messages', 'purge', '--all')).out).toBe('1 removed for good.\n')
    expect((await run('messages', 'show', id)).err).toContain('AP_NOT_FOUND')
  })

  it('schedules greetings, tells which is heard, and takes them out again', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const wav = join(shell.folder, 'in.wav')
    writeFileSync(wav, writeWav(new Int16Array(8000).fill(900), 8000))
    await run('greetings', 'add', 'night', '--file', wav)
    const schedule = (...args: string[]) => run('greetings', 'schedule', ...args)
    expect((await schedule('list', 'home')).out).toBe(
      'Nothing is scheduled.\nCallers hear shipped now, at all times.\n',
    )
    expect((await schedule('add', 'home', 'night')).out).toBe(
      'It is scheduled, as number 1. Callers hear night now, at all times.\n',
    )
    await run('mailboxes', 'set', 'home', '--time-zone', 'Europe/Berlin')
    await schedule('add', 'home', 'shipped', '--days', 'mon-fri', '--from', '18:00', '--to', '08:00')
    await schedule('add', 'home', 'night', '--dates', '2026-12-24..2027-01-02')
    expect((await schedule('list', 'home')).out).toMatch(/1 +2026-12-24\.\.2027-01-02 +night/)
    expect((await schedule('list', 'home', '--json')).json()).toMatchObject([
      { kind: 'dates', from: '2026-12-24', to: '2027-01-02', name: 'night', place: 1 },
      { kind: 'week', from: '00:00', to: '00:00', name: 'night' },
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '18:00', greeting: null, name: 'shipped' },
    ])
    expect((await schedule('remove', 'home', '2')).out).toContain('Entry 2 is removed. Callers hear')
    expect((await schedule('remove', 'home', '3')).err).toContain('AP_NOT_FOUND')
    expect((await schedule('add', 'home', 'night', '--place', '9')).err).toContain('from 1 to 3')
    expect((await schedule('add', 'home', 'night', '--dates', '2027-01-02..2026-12-24')).err).toContain(
      'the last day is before the first',
    )
    expect((await run('mailboxes', 'set', 'home', '--time-zone', 'Mars')).err).toContain('time-zone: no time')
  })

  it('writes greetings to files, and says when a recording is gone', async () => {
    await leaveMessages(1)
    const wav = join(shell.folder, 'hello.wav')
    writeFileSync(wav, writeWav(new Int16Array(8000).fill(500), 8000))
    expect((await run('greetings', 'add', 'hello', '--file', wav)).out).toContain('0:01 long')
    await run('mailboxes', 'set', 'home', '--greeting', 'hello', '--longest-seconds', '60')
    expect((await run('mailboxes', 'show', 'home')).json()).toMatchObject({
      longestSeconds: 60,
      newMessages: 1,
    })
    await run('greetings', 'audio', 'hello', '--out', join(shell.folder, 'out.wav'))
    expect(readFileSync(join(shell.folder, 'out.wav')).subarray(0, 4).toString()).toBe('RIFF')
    expect((await run('greetings', 'add', 'x', '--file', join(shell.folder, 'none.wav'))).err).toContain(
      'AP_FILE_UNUSABLE',
    )
    const { id } = (await run('messages', 'list', '--json')).json()[0]
    expect((await run('messages', 'audio', id, '--out', '-')).err).toContain('AP_RECORDING_MISSING')
  })
})

describe('answerphone phones', () => {
  it('says once what to type into a phone, and lists what is registered', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const env = { ANSWERPHONE_DATA: data(), ANSWERPHONE_SIP: '192.0.2.1:5062,[2001:db8::1]:5060' }
    const { out } = await runWith({ env }, 'phones', 'add', 'kitchen', '--speaker')
    expect(out).toMatch(/^ {2}user {6}kitchen\n {2}password {2}(\w{4}-){3}\w{4}\n/m)
    expect(out).toContain(
      '  server    192.0.2.1:5062 (UDP or TCP)\n  or        [2001:db8::1]:5060 (UDP or TCP)\n',
    )
    const [password = ''] = /(\w{4}-){3}\w{4}/.exec(out) ?? []
    const json = await run('phones', 'list', '--json')
    expect(json.json()).toMatchObject([{ name: 'kitchen', mailboxes: ['home'], speaker: true, devices: [] }])
    expect(json.out).not.toContain(password)
    expect((await run('phones', 'list')).out).toMatch(/kitchen +home +on, 0 dB +never yet/)
    const { id } = json.json()[0]
    const makeId = idMaker(systemClock, systemRandom)
    const file = join(data(), 'answerphone.db')
    const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
    await store.bindings.put({
      ...{ phoneId: id, contact: 'sip:a', transport: 'udp', address: '192.0.2.7', port: 5062, path: [] },
      ...{
        localAddress: '192.0.2.1',
        localPort: 5060,
        callId: 'a',
        cseq: 1,
        q: 1,
        instance: null,
        regId: null,
      },
      ...{ userAgent: 'baresip', expiresAt: systemClock.now() + 600_000 },
    })
    await store.close()
    expect((await run('phones', 'list')).out).toMatch(/baresip at udp 192\.0\.2\.7:5062 until 20\d\d-/)
  })

  it('takes a password, makes another, changes and removes them', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const add = (...more: string[]) => run('phones', 'add', 'kitchen', ...more)
    expect((await add('--password', 'short')).err).toContain('--password: use at least 8 characters')
    expect((await add('--speaker-gain-db', '99')).err).toContain('--speaker-gain-db: at most 12')
    expect((await add('--mailbox', 'attic')).err).toContain('AP_NOT_FOUND')
    const stdin = { input: 'long enough\n', env: { ANSWERPHONE_DATA: data() } }
    const added = await runWith(stdin, 'phones', 'add', 'kitchen', '--mailbox', 'home', '--password-stdin')
    expect(added.out).toContain('the one that you gave')
    expect(added.out).not.toContain('long enough')
    expect((await add()).err).toContain('AP_NAME_TAKEN')
    expect((await run('phones', 'set', 'kitchen')).err).toContain('nothing to change')
    expect((await run('phones', 'set', 'kitchen', '--speaker')).out).toBe('Phone kitchen is changed.\n')
    await run('phones', 'set', 'kitchen', '--no-speaker', '--speaker-gain-db', '-3.5', '--srtp', 'off')
    expect((await run('phones', 'show', 'kitchen')).json()).toMatchObject({
      speaker: false,
      speakerGainDb: -3.5,
      srtp: 'off',
    })
    for (const change of [['--new-password'], ['--name', 'hall']])
      expect((await run('phones', 'set', 'kitchen', ...change)).out).toMatch(/password {2}(\w{4}-){3}\w{4}\n/)
    await run('phones', 'remove', 'hall')
    expect((await run('phones', 'list')).out).toContain('No phones.')
  })
})

describe('answerphone contacts', () => {
  it('adds, finds, exports, takes in and removes them, and names callers by them', async () => {
    await leaveMessages(1)
    expect((await run('contacts', 'add', 'Ada', '030/12345', '0', '--note', 'x')).out).toBe(
      'Ada is there: 030/12345, 0.\n',
    )
    await run('contacts', 'add', 'Bob', '+4930 0')
    expect((await run('contacts', 'add', 'Eve', '03012345')).err).toContain('AP_CONTACT_NUMBER_TAKEN')
    for (const word of ['?', 'abc def', '030 1234 office'])
      expect((await run('contacts', 'add', 'Eve', word)).err).toContain('number: write a number like')
    expect((await run('contacts', 'list')).out).toMatch(/^NAME .*\nAda +030\/12345, 0 +x /)
    expect((await run('contacts', 'list', '--q', '12345', '--json')).json()).toMatchObject([{ name: 'Ada' }])
    expect((await run('messages', 'list')).out).toContain('Bob <+49300>')

    const file = join(shell.folder, 'contacts.vcf')
    await run('contacts', 'export', '--out', file)
    expect((await run('contacts', 'import', file)).out).toBe('0 added, 0 with more numbers, 2 as before.\n')
    const table = join(shell.folder, 'google.csv')
    writeFileSync(table, 'First Name,Phone 1 - Value,Colour\nCleo,+4930 7,red\n')
    const dry = await run('contacts', 'import', table, '--dry-run')
    expect(dry.out).toContain('+ Cleo\n1 added')
    expect(dry.err).toContain('columns Colour')
    expect((await run('contacts', 'list')).out).not.toContain('Cleo')
    await run('contacts', 'remove', 'Bob')
    writeFileSync(file, `what?\r\n${readFileSync(file, 'utf8')}`)
    expect(await run('contacts', 'import', file)).toMatchObject({
      out: '1 added, 0 with more numbers, 1 as before.\n',
      err: 'line 1: "what?" is no line of a vCard\n',
    })
    expect((await run('contacts', 'remove', 'Max')).err).toContain('AP_NOT_FOUND')
  })

  it('say of a file that is something else only how it begins, and pass nothing on that steers a terminal', async () => {
    const file = join(shell.folder, 'picture.vcf')
    writeFileSync(file, '\u001b]0;rubbish\u0007\r\n'.repeat(300))
    const { err } = await run('contacts', 'import', file)
    expect(err.split('\n')).toHaveLength(23)
    expect(err).toContain('line 1: "�]0;rubbish�" is no line of a vCard\n')
    expect(err).toContain('… and 280 more of such; --json has all\n')
    expect(err).toContain('AP_CONTACTS_NOTHING')
  })
})

describe('answerphone callers', () => {
  it('forgets calls for good and puts messages into the trash, when it is told so twice', async () => {
    await leaveMessages(1)
    expect((await run('callers', 'forget', '+49300')).err).toContain('say --yes')
    expect((await run('callers', 'forget', '+49300', '--yes')).out).toBe(
      'Gone for good: 0 calls, and what was noted.\nMessages stay; --messages puts them into the trash.\n',
    )
    expect((await run('callers', 'forget', '+49300', '--messages', '--yes')).out).toContain(
      'To the trash: 1 message.\n',
    )
    expect((await run('callers', 'forget', '+49555', '--yes')).err).toMatch(
      /AP_CALLER_UNKNOWN: .*`answerphone calls list`/,
    )
    expect((await run('audit', 'list', '--limit', '1', '--json')).json()).toMatchObject([
      { who: 'console', act: 'caller-forgotten', detail: '0 calls' },
    ])
  })
})

describe('answerphone blocked and audit', () => {
  it('does not say of a contact that she is blocked when only her name would be', async () => {
    await run('contacts', 'add', 'Mum', '030111', '030222')
    expect((await run('blocked', 'add', 'Mum')).err).toContain('Block its numbers: 030111, 030222')
    expect((await run('blocked', 'add', 'mum.mobile')).out).toBe('mum.mobile is blocked.\n')
  })

  it('blocks numbers, and writes down who did what', async () => {
    await leaveMessages(1)
    expect((await run('blocked', 'add', '+49 30 1', '--name', 'Pest')).out).toBe('+49301 is blocked.\n')
    expect((await run('blocked', 'list')).out).toMatch(/^NUMBER.*\n\+49301 +Pest .*console\n$/)
    expect((await run('blocked', 'list', '--json')).json()).toMatchObject([{ id: '+49301', name: 'Pest' }])
    await run('blocked', 'remove', '+49301')
    expect((await run('blocked', 'remove', '+49301')).err).toContain('AP_NOT_FOUND')
    const { id } = (await run('messages', 'list', '--json')).json()[0]
    await run('messages', 'trash', id)
    await run('messages', 'purge', '--all')
    const acts = async (...flags: string[]) =>
      (await run('audit', 'list', '--json', ...flags)).json().map(({ act }: { act: string }) => act)
    expect((await acts()).toSorted()).toEqual(['blocked', 'deleted', 'line-changed', 'purged', 'unblocked'])
    expect((await acts('--message', id)).toSorted()).toEqual(['deleted', 'purged'])
    expect(await acts('--who', 'user:ada')).toEqual([])
    expect((await run('audit', 'list')).out).toMatch(/console +blocked .*\+49301\n/)
  })
})

describe('answerphone users and tokens', () => {
  it('takes the password from the standard input, and prints a link for a browser', async () => {
    expect(
      (
        await runWith(
          { input: 'long enough\n', env: { ANSWERPHONE_DATA: data() } },
          'users',
          'add',
          'ada',
          '--password-stdin',
        )
      ).code,
    ).toBe(0)
    expect((await run('users', 'list', '--json')).json()).toMatchObject([{ name: 'ada', role: 'owner' }])
    expect((await run('users', 'add', 'max', '--password', 'short')).err).toContain(
      '--password: use at least 10',
    )
    expect((await run('users', 'add', 'max')).err).toContain('--password-stdin')
    expect((await run('users', 'remove', 'ada')).err).toContain('AP_LAST_OWNER')
    expect((await run('users', 'set', 'ada', '--role', 'member')).err).toContain('AP_LAST_OWNER')
    expect((await run('users', 'set', 'ada')).err).toContain('--role')
    await run('users', 'add', 'max', '--role', 'member', '--password', 'long enough')
    expect((await run('users', 'set', 'max', '--role', 'owner')).out).toBe('User max is an owner now.\n')
    expect((await run('users', 'set', 'ada', '--role', 'member', '--password', 'long enough')).out).toBe(
      'User ada is a member now and has a new password.\n',
    )
    expect((await run('users', 'link')).out).toMatch(/^http:\/\/127\.0\.0\.1:8080\/#setup=[\w-]{43}\n$/)
  })

  it.each(['create', 'add'])('prints a token once: tokens %s', async (verb) => {
    const { out } = await run('tokens', verb, 'backup')
    expect(out).toMatch(/^ap_[\w-]{43}\n$/)
    expect((await run('tokens', 'list', '--json')).out).not.toContain(out.trim())
    expect((await run('tokens', 'remove', 'backup')).code).toBe(0)
    expect((await run('tokens', 'remove', 'backup')).err).toContain('AP_NOT_FOUND')
  })
})

describe('answerphone', () => {
  it('ends with 2 when it is not understood, with 0 when it is asked for help', async () => {
    expect(await run('message', 'list')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^answerphone: AP_INPUT_INVALID: unknown command 'message'\n.*Did you mean/),
    })
    expect(await run('lines', 'add')).toMatchObject({
      code: 2,
      err: "answerphone: AP_INPUT_INVALID: missing required argument 'name'\n",
    })
    expect((await run('lines', 'list', '--frobnicate')).code).toBe(2)
    expect((await run('--version')).code).toBe(0)
    const help = await run('serve', '--help')
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--rtp-ports <FROM-TO>') })
    expect(help.out).toContain('--data <DIR>')
    expect(help.out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('does not take a mistyped directory for an empty machine', async () => {
    expect(await run('messages', 'list', '--data', join(shell.folder, 'typo'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('AP_DATA_MISSING'),
    })
  })

  it('takes --data before and after the command, before the environment', async () => {
    const other = join(shell.folder, 'other')
    await run('lines', 'add', 'elsewhere', '--trunk', '127.0.0.1', '--data', other)
    expect((await run('--data', other, 'lines', 'list', '--json')).json()).toMatchObject([
      { name: 'elsewhere' },
    ])
  })
})
