import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addToken } from '../../src/api/acts/tokens.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { type Background, eventually, run, start } from './processes.ts'

const ROOT = join(import.meta.dirname, '../..')
const NODE = process.execPath
/** What a user starts. */
export const BIN = join(ROOT, 'bin/answerphone.js')

const READ_URL = 'fetch(process.argv[1]).then((answer) => answer.text()).then((text) => console.log(text))'

export interface MachineStart {
  /** The program; default: this checkout's. */
  readonly bin?: string
  /** Data directory; default: a new one, removed afterwards. */
  readonly data?: string
  /** Further flags of `serve`. */
  readonly flags?: readonly string[]
  /** Address to listen on, IPv6 in brackets; default 127.0.0.1. */
  readonly host?: string
  /** Run inside this network namespace. */
  readonly netns?: string
  /** Put in front of the command: strace, faketime … */
  readonly wrapper?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** The real program, running as a user would run it. */
export interface RunningMachine extends AsyncDisposable {
  readonly data: string
  readonly process: Background
  readonly sip: { readonly host: string; readonly port: number }
  readonly http: string
  /** A bearer token of its API. */
  readonly token: string
  /** Runs `answerphone …` on the same data directory. */
  cli(...args: string[]): Promise<string>
  /** What `answerphone … --json` prints. The list of messages, for which tests wait, is asked of the API where it is reached. */
  list<Row = Record<string, unknown>>(...args: string[]): Promise<Row[]>
  api(path: string, init?: RequestInit): Promise<Response>
  /** Sends JSON to the API; rejects when it is refused. What is made so counts at once, that of the command line a moment later. */
  post(path: string, body: unknown): Promise<void>
  /**
   * Adds a line (`home` is there already: it is changed) and waits until calls to it are answered so. The ring time must
   * differ from what it was.
   */
  line(name: string, fields: LineFields): Promise<void>
  /** Adds a greeting from a WAV file, which callers of `home` hear from then on. */
  greet(name: string, wav: string): Promise<void>
  /** Waits until a caller who talks has been greeted and the message begins. */
  recording(call: { readonly number: string }): Promise<void>
  /** What Prometheus reads. */
  metrics(): Promise<string>
}

interface LiveCall {
  readonly callerNumber: string
  readonly phase: string
}

export interface LineFields {
  readonly trunk?: string
  readonly number?: string
  /** Default 18, as the CLI has it. */
  readonly ringSeconds?: number
}

/** Starts `answerphone serve` on free ports and waits until it takes calls. */
export async function startMachine(options: MachineStart = {}): Promise<RunningMachine> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'answerphone-'))
  const host = options.host ?? '127.0.0.1'
  const bin = options.bin ?? BIN
  const inside = options.netns ? ['ip', 'netns', 'exec', options.netns] : []
  const command = [...inside, ...(options.wrapper ?? []), NODE, bin, 'serve']
  const flags = ['--data', data, '--sip', `${host}:0`, '--http', '127.0.0.1:0', ...(options.flags ?? [])]
  const [program = NODE, ...rest] = [...command, ...flags]
  const server = start(program, rest, { cwd: ROOT, env: { TZ: 'UTC', ...process.env, ...options.env } })
  const ready = await server.until(/answerphone ready sip=(\S+):(\d+) http=(\S+)/, 60_000)
  const cli = (...args: string[]) => {
    const [head = NODE, ...tail] = [...inside, NODE, bin, ...args, '--data', data]
    return run(head, tail, { cwd: ROOT })
  }
  const token = await makeToken(join(data, 'answerphone.db'))
  const http = /^https?:/.test(ready[3] ?? '') ? (ready[3] ?? '') : `http://${ready[3]}`
  // Inside a network namespace the loopback is another.
  const metrics = async () =>
    options.netns
      ? await run('ip', [...inside.slice(1), NODE, '-e', READ_URL, `${http}/metrics`])
      : await (await fetch(`${http}/metrics`)).text()
  const api: RunningMachine['api'] = (path, init = {}) =>
    fetch(`${http}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    })
  const send = async (method: string, path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await api(path, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
  /** Inside a namespace the API is another loopback's: there is the command, which takes a second of a core. */
  const isReached = !options.netns && !http.startsWith('https:')
  const setLine: RunningMachine['line'] = async (name, { trunk, number, ringSeconds }) => {
    if (!isReached) {
      const flags = { trunk, number, 'ring-seconds': `${ringSeconds}` }
      const given = Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : []))
      await cli('lines', name === 'home' ? 'set' : 'add', name, ...given)
      return
    }
    const fields = { ...(trunk && { trunk: [trunk] }), ...(number && { number }), ringSeconds }
    if (name === 'home') await send('PATCH', '/lines/home', fields)
    else await send('POST', '/lines', { name, ...fields })
  }
  const list: RunningMachine['list'] = async (...args) => {
    const [kind = '', act, flag, state] = args
    if (isReached && kind === 'messages' && act === 'list' && (flag === undefined || flag === '--state')) {
      // When the machine is down there is the command.
      const answer = await api(`/messages?limit=50${state ? `&state=${state}` : ''}`).catch(() => undefined)
      if (answer?.ok) return ((await answer.json()) as { messages: never[] }).messages
    }
    return JSON.parse(await cli(...args, '--json'))
  }
  return {
    data,
    process: server,
    sip: { host, port: Number(ready[2]) },
    http,
    token,
    cli,
    list,
    api,
    post: (path, body) => send('POST', path, body),
    async line(name, { trunk, number, ringSeconds = 18 }) {
      await setLine(name, { ...(trunk && { trunk }), ...(number && { number }), ringSeconds })
      const answered = `answerphone_line_ring_seconds{line="${name}"} ${ringSeconds}\n`
      await eventually(async () => (await metrics()).includes(answered))
    },
    async greet(name, wav) {
      if (isReached) {
        const headers = { 'content-type': 'audio/wav' }
        const path = `/greetings?name=${name}`
        const answer = await api(path, { method: 'POST', headers, body: readFileSync(wav) })
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
        await send('PATCH', '/mailboxes/home', { greeting: name })
      } else {
        await cli('greetings', 'add', name, '--file', wav)
        await cli('mailboxes', 'set', 'home', '--greeting', name)
      }
    },
    async recording({ number }) {
      await eventually(async () => {
        const { live } = (await (await api('/calls?limit=1')).json()) as { live: LiveCall[] }
        return live.some(({ callerNumber, phase }) => callerNumber === number && phase === 'recording')
      }, 20_000)
    },
    metrics,
    async [Symbol.asyncDispose]() {
      await server.stop()
      if (options.data === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A token as `answerphone tokens create` makes it, without the second of a core that a command takes to start. */
async function makeToken(file: string): Promise<string> {
  const tools = { clock: systemClock, makeId: idMaker(systemClock, systemRandom) }
  const store = await openSqliteStore({ file, ...tools, log: silentLog })
  try {
    const name = `test-${process.pid}-${Date.now()}`
    return (await addToken({ store, ...tools, log: silentLog, who: 'console', random: systemRandom }, name))
      .secret
  } finally {
    await store.close()
  }
}
