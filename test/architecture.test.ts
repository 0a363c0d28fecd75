import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The house of ARCHITECTURE.md, held up by a test: which room may import which, who may read the clock, how long a
 * file may be. A rule that hurts is changed here in the open, with its reason in docs/decisions/, never worked round.
 */
const ROOT = join(import.meta.dirname, '..')

/** Each room and the rooms that it may import. `shared` is open to all. */
const ROOMS: Record<string, readonly string[]> = {
  shared: [],
  sip: [],
  trace: [],
  sdp: [],
  media: [],
  call: [],
  menu: [],
  rules: ['call'],
  // Types of rules, which rows are made of.
  store: ['rules'],
  mailbox: ['store', 'media'],
  notify: ['store', 'mailbox'],
  backup: ['store', 'mailbox'],
  lists: ['store', 'notify'],
  contacts: ['store', 'notify'],
  exchange: ['store', 'mailbox', 'media', 'notify'],
  sherpa: [],
  transcribe: ['store', 'mailbox', 'media', 'sherpa'],
  voice: ['store', 'media', 'sherpa'],
  line: ['sip'],
  caller: ['sip', 'sdp', 'media', 'call', 'rules'],
  owner: ['sip', 'sdp', 'media', 'call'],
  machine: [
    'menu',
    'sip',
    'sdp',
    'media',
    'call',
    'rules',
    'store',
    'mailbox',
    'notify',
    'transcribe',
    'lists',
    'line',
    'caller',
    'owner',
    'trace',
  ],
  doctor: ['store', 'sip', 'media', 'machine', 'lists'],
  api: [
    'rules',
    'store',
    'mailbox',
    'notify',
    'machine',
    'media',
    'trace',
    'doctor',
    'transcribe',
    'sherpa',
    'voice',
    'lists',
    'contacts',
  ],
}

/** Rooms that decide and do nothing: no Node module, no package. */
const PURE = ['call', 'menu', 'rules']

/** The only package that reads and writes SDP, SQL and so on stays behind its room. */
const PACKAGE_HOMES: Record<string, readonly string[]> = {
  'sdp-transform': ['sdp'],
  kysely: ['store'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  koffi: ['media'],
  werift: ['media'],
  fastify: ['api'],
  ws: ['api'],
  'prom-client': ['api'],
  'web-push': ['notify'],
  commander: ['cli'],
  pino: ['shared'],
  nodemailer: ['notify'],
  mqtt: ['notify'],
  tar: ['backup', 'sherpa'],
  'unbzip2-stream': ['sherpa'],
  tsdav: ['contacts'],
  'csv-parse': ['contacts'],
  jose: ['caller'],
  'libphonenumber-js/max': ['shared'],
}

/** Above all rooms: compose, start, stop. */
const TOP = ['cli', 'config']

const MAX_LINES = 400
const MEDIAN_LINES = 120

interface Source {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly string[]
}

function sourcesBelow(folder: string, ending: RegExp): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => {
      const path = join(folder, name)
      const text = readFileSync(join(ROOT, path), 'utf8')
      return { path, room: roomOf(path), text, imports: importsOf(text) }
    })
}

function roomOf(path: string): string {
  const [top, room, ...rest] = path.split('/')
  if (top !== 'src' || room === undefined) return top ?? ''
  return rest.length > 0 ? room : room.replace(/\.ts$/, '')
}

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+|new URL\(\s*)(['"])([^'"\n]+)\1/gm)
  return [...found].map((match) => match[2] ?? '')
}

const isTest = (path: string) => /\.(test|contract)\.tsx?$/.test(path)
const sources = sourcesBelow('src', /\.ts$/)
const product = sources.filter((source) => !isTest(source.path))
const web = sourcesBelow('web', /\.tsx?$/)
const everything = [
  ...sources,
  ...web,
  ...['test', 'bench', 'examples'].flatMap((top) => sourcesBelow(top, /\.ts$/)),
]

describe('the house', () => {
  it('has every source file in a room that is known', () => {
    const homeless = product.filter(
      ({ path, room }) => path.split('/').length > 2 && !(room in ROOMS) && !TOP.includes(room),
    )
    expect(homeless.map(({ path }) => path)).toEqual([])
  })

  it('imports only downwards', () => {
    const wrong: string[] = []
    for (const { path, room, imports } of product) {
      const allowed = ROOMS[room]
      if (!allowed) continue
      for (const specifier of imports) {
        if (!specifier.startsWith('.')) continue
        const target = roomOf(normalize(join(dirname(path), specifier)))
        if (target !== room && target !== 'shared' && !allowed.includes(target))
          wrong.push(`${path} → ${specifier}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('keeps the caller and the owner on their own sides of the glass', () => {
    const through = sources.filter(
      ({ room, imports }) =>
        (room === 'caller' && imports.some((specifier) => specifier.includes('/owner/'))) ||
        (room === 'owner' && imports.some((specifier) => specifier.includes('/caller/'))),
    )
    expect(through.map(({ path }) => path)).toEqual([])
  })

  it('loads what is slow to load in a thread of its own: callers would hear it in theirs', () => {
    const importers = (ending: string) =>
      product.filter(({ imports }) => imports.some((name) => name.endsWith(ending))).map(({ path }) => path)
    expect(importers('werift')).toEqual(['src/media/dtls/association.ts'])
    expect(importers('/association.ts')).toEqual(['src/media/dtls/handshake-thread.ts'])
    expect(importers('/handshake-thread.ts')).toEqual([])
  })

  it('keeps the deciding rooms pure', () => {
    const impure = product
      .filter(({ room }) => PURE.includes(room))
      .flatMap(({ path, imports }) =>
        imports.filter((name) => !name.startsWith('.')).map((name) => `${path} → ${name}`),
      )
    expect(impure).toEqual([])
  })

  it('keeps each package behind its room', () => {
    const wrong = product.flatMap(({ path, room, imports }) =>
      imports
        .filter((name) => PACKAGE_HOMES[name] && !PACKAGE_HOMES[name].includes(room))
        .map((name) => `${path} → ${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('shows the page nothing of the server but the contract, only as types, and how lengths are read', () => {
    const wrong = web
      .filter(({ path }) => !isTest(path) && path.startsWith('web/src/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/^import\s+(type\s+)?[^'"]*['"]([^'"]*src\/[a-z]+\/[^'"]*)['"]/gm)]
          .filter(([, type, specifier]) => !type || !specifier?.endsWith('src/api/contract.ts'))
          // A message is as long on the page as everywhere.
          .filter(([, , specifier]) => !specifier?.endsWith('src/shared/length.ts'))
          .map(([, , specifier]) => `${path} → ${specifier}`),
      )
    expect(wrong).toEqual([])
  })
})

describe('time and chance', () => {
  const FORBIDDEN =
    /\b(Date\.now|new Date\(\)|performance\.now|process\.hrtime|setTimeout|setInterval|setImmediate|Math\.random|randomBytes|randomUUID|randomInt|getRandomValues)\b/

  it('are read nowhere outside shared/', () => {
    const readers = product
      .filter(({ room }) => room !== 'shared')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
          .filter(({ line }) => FORBIDDEN.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line)),
      )
    expect(readers.map(({ at, line }) => `${at} ${line.trim()}`)).toEqual([])
  })
})

describe('files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = everything.filter(({ text }) => text.split('\n').length > MAX_LINES)
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([])
  })

  it(`have a median under ${MEDIAN_LINES} lines`, () => {
    const lengths = product.map(({ text }) => text.split('\n').length).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(MEDIAN_LINES)
  })

  it('are named in kebab-case, and never after nothing', () => {
    const odd = everything.filter(({ path }) => {
      const name = path.split('/').at(-1) ?? ''
      return (
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|property|contract|config|bench|d))*\.tsx?$/.test(name) ||
        /manager|helper|util|service|impl\b/.test(name)
      )
    })
    expect(odd.map(({ path }) => path)).toEqual([])
  })
})

describe('the repository', () => {
  it('knows every room of ARCHITECTURE.md', () => {
    const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
    const missing = Object.keys(ROOMS).filter((room) => !text.includes(`${room}/`))
    expect(missing.map((room) => relative(ROOT, join(ROOT, 'src', room)))).toEqual([])
  })
})
