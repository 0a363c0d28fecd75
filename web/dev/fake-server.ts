import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Level } from '../../src/api/contract.ts'
import { complainOfBody } from './check-body.ts'
import { speechLikePeak } from './fake-audio.ts'
import { FakeMachine, type FakeMachineOptions } from './fake-machine.ts'
import { type Answer, answer } from './fake-routes.ts'

export interface FakeServerOptions extends FakeMachineOptions {
  /** Who the page finds itself to be: logged in as an owner (default) or a member, logged out, or the first. */
  readonly visitor?: 'owner' | 'member' | 'stranger' | 'first'
  /** Default: any free one. */
  readonly port?: number
}

/** The built page on a port of loopback, before a fake of the API. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string
  readonly machine: FakeMachine
  /** How many streams of levels are open. */
  readonly levelStreams: number
  /** Ends all event streams and refuses new ones, as if the machine were gone; and the other way round. */
  setReachable(reachable: boolean): void
}

export const FAKE_TOKEN = 'the-one-time-token'
export const FAKE_PASSWORD = 'correct horse battery'
const CSRF = 'fake-csrf-token'
const DIST = join(import.meta.dirname, '..', 'dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
/** As strict as the real server's: the page needs no more than its own files, and a favicon that it draws itself. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const machine = new FakeMachine(options)
  const state = { visitor: options.visitor ?? ('owner' as Visitor), reachable: true }
  const streams = new Set<ServerResponse>()
  const levels = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake')
    if (!state.reachable) response.destroy()
    else if (url.pathname === '/readyz')
      send(response, { status: machine.health.ready ? 200 : 503, json: machine.health })
    else if (!url.pathname.startsWith('/api/v1')) await sendFile(response, url.pathname)
    else if (url.pathname === '/api/v1/events') follow(response)
    else if (url.pathname === '/api/v1/levels') tellLevels(response, url.searchParams.get('calls') ?? '')
    else await callApi(request, response, url)
  }

  function follow(response: ServerResponse): void {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .flushHeaders()
    const stop = machine.listen((event) => {
      response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
    })
    streams.add(response)
    response.on('close', () => {
      stop()
      streams.delete(response)
    })
  }

  function tellLevels(response: ServerResponse, calls: string): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    let turn = 0
    const timer = setInterval(() => {
      turn += 1
      for (const callId of calls.split(',')) {
        const level: Level = { callId, peak: machine.quiet ? 0 : speechLikePeak(turn) }
        response.write(`event: level\ndata: ${JSON.stringify(level)}\n\n`)
      }
    }, 100)
    levels.add(response)
    response.on('close', () => {
      clearInterval(timer)
      levels.delete(response)
    })
  }

  async function callApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET'
    const path = url.pathname.slice('/api/v1'.length)
    const bytes = await readAll(request)
    const body = readJson(request, bytes)
    const wrong = bytes.length > 0 && isJson(request) ? complainOfBody(method, url.pathname, body) : null
    if (wrong !== null) send(response, problem(400, wrong))
    else if (path === '/session' || path === '/setup') send(response, enter(method, path, body))
    // Whoever has the link, without an account.
    else if (path === '/test-calls/visit')
      send(response, answer(machine, { method, path, query: url.searchParams, body, bytes }))
    else if (!isLoggedIn(state.visitor)) send(response, problem(401, 'Log in first.'))
    else if (method !== 'GET' && request.headers['x-csrf-token'] !== CSRF)
      send(response, problem(403, 'No token.'))
    else if (path === '/session/password') send(response, changePassword(body))
    else
      send(
        response,
        answer(machine, { method, path, query: url.searchParams, body, bytes }),
        request.headers.range,
      )
  }

  function enter(method: string, path: string, body: Record<string, unknown>): Answer {
    if (method === 'GET') return { status: 200, json: sessionOf(state.visitor) }
    if (method === 'DELETE') state.visitor = 'stranger'
    else if (path === '/setup' && body['token'] !== FAKE_TOKEN)
      return problem(403, 'This link was used already, or is not the one that was printed.')
    else if (path === '/session' && body['password'] !== FAKE_PASSWORD)
      return problem(401, 'Name or password is wrong.')
    else state.visitor = 'owner'
    return { status: 204 }
  }

  const changePassword = (body: Record<string, unknown>): Answer =>
    body['password'] === FAKE_PASSWORD
      ? { status: 200, json: sessionOf(state.visitor) }
      : problem(403, 'That is not your present password. Nothing was changed.')

  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    machine,
    get levelStreams() {
      return levels.size
    },
    setReachable(reachable) {
      state.reachable = reachable
      if (!reachable) for (const stream of [...streams, ...levels]) stream.destroy()
    },
    [Symbol.asyncDispose]: () => close(server),
  }
}

const problem = (status: number, message: string): Answer => ({
  status,
  json: { status, code: 'AP_FAKE', message },
})

type Visitor = NonNullable<FakeServerOptions['visitor']>
const isLoggedIn = (visitor: Visitor) => visitor === 'owner' || visitor === 'member'

function sessionOf(visitor: Visitor) {
  const user = { id: 'u1', name: 'Ada', role: visitor, createdAt: '2026-01-01T00:00:00.000Z' }
  return {
    user: isLoggedIn(visitor) ? user : null,
    setupNeeded: visitor === 'first',
    csrfToken: isLoggedIn(visitor) ? CSRF : null,
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const isJson = ({ headers }: IncomingMessage) => headers['content-type']?.includes('json') === true

function readJson(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  if (!isJson(request)) return {}
  return JSON.parse(bytes.toString()) as Record<string, unknown>
}

function send(response: ServerResponse, given: Answer, range?: string): void {
  if ('wav' in given) return sendSound(response, given.wav, range)
  if (given.json === undefined) response.writeHead(given.status).end()
  else
    response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify(given.json))
}

function sendSound(response: ServerResponse, wav: Buffer, range: string | undefined): void {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  const headers = { 'content-type': 'audio/wav', 'accept-ranges': 'bytes' }
  if (!asked) {
    response.writeHead(200, { ...headers, 'content-length': wav.length }).end(wav)
    return
  }
  const from = Number(asked[1])
  const to = asked[2] ? Math.min(Number(asked[2]), wav.length - 1) : wav.length - 1
  response
    .writeHead(206, {
      ...headers,
      'content-range': `bytes ${from}-${to}/${wav.length}`,
      'content-length': to - from + 1,
    })
    .end(wav.subarray(from, to + 1))
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const file = join(DIST, normalize(path === '/' ? '/index.html' : path))
  const content = await readFile(file).catch(() => null)
  if (content === null) response.writeHead(404).end()
  else
    response
      .writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
      })
      .end(content)
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((closed) => server.close(() => closed()))
}
