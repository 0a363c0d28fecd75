import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeWav } from '../media/wav/write-wav.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'
import type { Terminal } from './terminal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const data = () => join(folder, 'data')

/** Runs a command as the shell would, and gives what it said. */
async function run(...args: string[]) {
  return runWith({}, ...args)
}
async function runWith(options: { input?: string; env?: NodeJS.ProcessEnv }, ...args: string[]) {
  let out = ''
  let err = ''
  const terminal: Terminal = {
    env: options.env ?? { ANSWERPHONE_DATA: data() },
    isStyled: false,
    print(text) {
      out += text
    },
    warn(text) {
      err += text
    },
    readInput: async () => options.input ?? '',
  }
  let code = 0
  try {
    const program = await createProgram(terminal)
    await program.parseAsync(['node', 'answerphone', ...args])
  } catch (error) {
    code = reportError(error, terminal)
  }
  return { code, out, err, json: () => JSON.parse(out) }
}

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
    })
  }
  await store.close()
}

describe('answerphone lines', () => {
  it('adds a line with its mailbox, changes, shows, lists and removes it', async () => {
    expect(
      (
        await run(
          'lines',
          'add',
          'home',
          '--trunk',
          '127.0.0.1',
          '--trunk',
          '10.0.0.0/8',
          '--ring-seconds',
          '3',
        )
      ).code,
    ).toBe(0)
    expect((await run('lines', 'list', '--json')).json()).toMatchObject([
      {
        id: expect.any(String),
        name: 'home',
        trunk: ['127.0.0.1', '10.0.0.0/8'],
        mailbox: 'home',
        ringSeconds: 3,
      },
    ])
    await run('lines', 'set', 'home', '--ring-seconds', '0', '--number', '+49301')
    expect((await run('lines', 'show', 'home')).json()).toMatchObject({ ringSeconds: 0, number: '+49301' })
    await run('lines', 'set', 'home', '--number', '')
    expect((await run('lines', 'show', 'home')).json().number).toBeNull()
    expect((await run('lines', 'list')).out).toMatch(/^LINE\s+NUMBER\s+TRUNK/)
    await run('lines', 'remove', 'home')
    expect((await run('lines', 'list')).out).toContain('No lines.')
  })

  it('says what is wrong: the code, the flag, what to do', async () => {
    const wrong = async (...args: string[]) => {
      const { code, err } = await run('lines', 'add', ...args)
      expect(code).toBe(1)
      return err
    }
    expect(await wrong('home', '--trunk', '1.2.3')).toMatch(/^answerphone: AP_INPUT_INVALID: trunk: "1.2.3"/)
    expect(await wrong('home')).toBe('answerphone: AP_INPUT_INVALID: --trunk: is needed\n')
    const ring = async (seconds: string) => wrong('home', '--trunk', '127.0.0.1', '--ring-seconds', seconds)
    expect(await ring('x')).toContain('--ring-seconds: a number is wanted')
    expect(await ring('1.5')).toContain('--ring-seconds: a whole number is wanted')
    expect(await ring('999')).toContain('--ring-seconds: at most 120')
    expect(await ring('-1')).toContain('--ring-seconds: at least 0')
    expect(await wrong('ho me', '--trunk', '127.0.0.1')).toContain('INVALID: name: use 1 to 64 letters')
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    expect(await wrong('home', '--trunk', '127.0.0.1')).toContain('AP_NAME_TAKEN')
    for (const kind of ['lines', 'mailboxes'])
      expect((await run(kind, 'set', 'home')).err).toContain('AP_INPUT_INVALID: nothing to change')
  })

  it('leaves no mailbox behind when the line can not be added', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1', '--number', '+49301')
    expect((await run('lines', 'add', 'attic', '--trunk', '127.0.0.1', '--number', '+49301')).err).toContain(
      'AP_NUMBER_TAKEN',
    )
    expect((await run('mailboxes', 'list', '--json')).json()).toMatchObject([{ name: 'home' }])
  })
})

describe('answerphone messages', () => {
  it('lists them for people, with local times and without what steers a terminal', async () => {
    await leaveMessages(2)
    const { out } = await run('messages', 'list')
    expect(out.split('\n')[1]).toMatch(/^2026-05-01 \d\d:\d\d {2}\+49301 +1:01 +new +home/)
    expect(out).toContain('Eve �[31m <+49300>')
    expect(out).not.toContain('\x1b')
  })

  it('gives scripts all that they ask for, over many pages', async () => {
    await leaveMessages(250)
    expect((await run('messages', 'list', '--json')).json()).toHaveLength(50)
    const all = (await run('messages', 'list', '--json', '--limit', '1000')).json()
    expect(new Set(all.map(({ id }: { id: string }) => id)).size).toBe(250)
    expect((await run('messages', 'list', '--json', '--q', '30249')).json()).toHaveLength(1)
    expect((await run('messages', 'list', '--before', '2026-04-01', '--json')).json()).toEqual([])
    expect((await run('messages', 'list', '--from', 'noon')).err).toContain('--from: "noon" is no time')
  })

  it('marks, notes, trashes, restores and purges them', async () => {
    await leaveMessages(1)
    const { id } = (await run('messages', 'list', '--json')).json()[0]
    const state = async () => (await run('messages', 'show', id)).json().state
    await run('messages', 'heard', id)
    expect(await state()).toBe('heard')
    await run('messages', 'set', id, '--note', 'call back')
    expect((await run('messages', 'show', id)).json().note).toBe('call back')
    await run('messages', 'remove', id)
    expect(await state()).toBe('trash')
    await run('messages', 'restore', id)
    expect((await run('messages', 'purge', id)).err).toContain('AP_MESSAGE_NOT_IN_TRASH')
    await run('messages', 'trash', id)
    expect((await run('messages', 'purge')).code).toBe(1)
    expect((await run('messages', 'purge', '--all')).out).toBe('1 removed for good.\n')
    expect((await run('messages', 'show', id)).err).toContain('AP_NOT_FOUND')
  })

  it('writes greetings to files, and says when a recording is gone', async () => {
    await leaveMessages(1)
    const wav = join(folder, 'hello.wav')
    writeFileSync(wav, writeWav(new Int16Array(8000).fill(500), 8000))
    expect((await run('greetings', 'add', 'hello', '--file', wav)).out).toContain('0:01 long')
    await run('mailboxes', 'set', 'home', '--greeting', 'hello', '--longest-seconds', '60')
    expect((await run('mailboxes', 'show', 'home')).json()).toMatchObject({
      longestSeconds: 60,
      newMessages: 1,
    })
    await run('greetings', 'audio', 'hello', '--out', join(folder, 'out.wav'))
    expect(readFileSync(join(folder, 'out.wav')).subarray(0, 4).toString()).toBe('RIFF')
    expect((await run('greetings', 'add', 'x', '--file', join(folder, 'none.wav'))).err).toContain(
      'AP_FILE_UNUSABLE',
    )
    const { id } = (await run('messages', 'list', '--json')).json()[0]
    expect((await run('messages', 'audio', id, '--out', '-')).err).toContain('AP_RECORDING_MISSING')
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
    expect(await run('messages', 'list', '--data', join(folder, 'typo'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('AP_DATA_MISSING'),
    })
  })

  it('takes --data before and after the command, before the environment', async () => {
    const other = join(folder, 'other')
    await run('lines', 'add', 'elsewhere', '--trunk', '127.0.0.1', '--data', other)
    expect((await run('--data', other, 'lines', 'list', '--json')).json()).toMatchObject([
      { name: 'elsewhere' },
    ])
  })
})
