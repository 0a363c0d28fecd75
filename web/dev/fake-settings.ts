import type { About, BlockedInput, Line, Phone, VoiceChange, VoiceSettings } from '../../src/api/contract.ts'
import { linePresets } from '../../src/api/presets/line-presets.ts'
import { greetingAt } from '../../src/mailbox/schedule/greeting-at.ts'
import { nextGreeting } from '../../src/mailbox/schedule/next-greeting.ts'
import { speechLikeWav } from './fake-audio.ts'
import type { FakeSettings } from './fake-household.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, done, paged, refuse } from './fake-routes.ts'

type Row = { readonly id: string; readonly name: string }
type Named = 'lines' | 'phones' | 'mailboxes' | 'greetings' | 'users' | 'tokens'

const NAMED: readonly Named[] = ['lines', 'phones', 'mailboxes', 'greetings', 'users', 'tokens']
const ABOUT: About = {
  version: '0.1.0',
  sip: [{ host: null, port: 5060, transports: ['UDP', 'TCP'] }],
  voice: true,
  disk: { freeBytes: 21_400_000_000, totalBytes: 62_000_000_000 },
}
const VOICE: VoiceSettings = {
  models: { en: 'vits-piper-en_US-lessac-medium', de: null },
  installed: [
    {
      ...{ name: 'vits-piper-en_US-lessac-medium', kind: 'vits', language: 'en', bytes: 81_000_000 },
      ...{ sha256: 'ab'.repeat(32), from: 'vits-piper-en_US-lessac-medium.tar.bz2' },
      addedAt: '2026-11-20T10:00:00.000Z',
    },
    {
      ...{ name: 'vits-piper-de_DE-thorsten-medium', kind: 'vits', language: 'de', bytes: 81_000_000 },
      ...{ sha256: 'cd'.repeat(32), from: 'vits-piper-de_DE-thorsten-medium.tar.bz2' },
      addedAt: '2026-11-20T10:05:00.000Z',
    },
  ],
  command: true,
  languages: ['en', 'de'],
}
const FRESH_PASSWORD = 'hmwt-4kpq-zr7d-x2fn'
let lastId = 0

/** Answers what an owner sets up; undefined when it is about something else. */
export function answerSettings(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  const { settings } = machine
  const [collection = '', key = ''] = ask.path.slice(1).split('/').map(decodeURIComponent)
  const named = NAMED.find((name) => name === collection)
  switch (route) {
    case 'GET about':
      return { status: 200, json: ABOUT }
    case 'GET voice':
      return { status: 200, json: VOICE }
    case 'PATCH voice':
      Object.assign(VOICE.models, (ask.body as VoiceChange).models)
      return { status: 200, json: VOICE }
    case 'GET line-presets':
      return { status: 200, json: linePresets }
    case 'GET blocked':
      return { status: 200, json: settings.blocked }
    case 'POST blocked':
      return block(settings, ask.body as BlockedInput)
    case 'DELETE blocked/:id':
      settings.blocked = settings.blocked.filter(({ number }) => number !== key)
      return done
    case 'GET audit': {
      const { page, nextCursor } = paged(settings.audit, ask.query)
      return { status: 200, json: { entries: page, nextCursor } }
    }
    case 'POST phones/:id/app-link': {
      const url = `http://answerphone.lan:8080/api/v1/app-accounts/${'Zm9yIHRoZSBwaWN0dXJlcw'.repeat(2).slice(0, 43)}`
      return { status: 201, json: { url, expiresAt: new Date(Date.now() + 15 * 60_000).toISOString() } }
    }
    case 'POST greetings':
      return addGreeting(settings, ask)
    case 'POST spoken-text':
    case 'GET shipped-greeting/:id':
    case 'GET greetings/:id/audio':
      return { status: 200, wav: settings.sounds.get(key) ?? speechLikeWav(8_300, 4) }
  }
  return named && answerNamed(machine, named, key, ask)
}

function answerNamed(machine: FakeMachine, named: Named, key: string, ask: Ask): Answer | undefined {
  const { settings } = machine
  const rows: readonly Row[] = settings[named]
  const put = (next: readonly Row[]) => Object.assign(settings, { [named]: next })
  const found = rows.find(({ id, name }) => id === key || name === key)
  if (ask.method === 'GET') return { status: 200, json: named === 'mailboxes' ? mailboxes(machine) : rows }
  const wrong = findFault(named, ask, rows, found)
  if (wrong) return wrong
  if (ask.method === 'POST') {
    lastId += 1
    const row = { ...fresh(named, settings), ...ask.body, id: `new${lastId}` } as Row
    put([...rows, row])
    return { status: 201, json: { ...row, ...secretOf(named, true) } }
  }
  if (!found) return refuse(404, 'AP_NOT_FOUND', `There is no such ${named.slice(0, -1)}.`)
  if (ask.method === 'DELETE') {
    put(rows.filter((row) => row !== found))
    return done
  }
  const { newPassword, password: _password, ...change } = ask.body
  const row = { ...found, ...change }
  put(rows.map((other) => (other === found ? row : other)))
  if (named === 'mailboxes') return { status: 200, json: mailboxes(machine).find(({ id }) => id === row.id) }
  return { status: 200, json: { ...row, ...secretOf(named, newPassword === true) } }
}

/** A few of the faults that the real one finds. */
function findFault(named: Named, ask: Ask, rows: readonly Row[], found: Row | undefined): Answer | undefined {
  const { name, trunk } = ask.body as { name?: string; trunk?: readonly string[] }
  if (name !== undefined && rows.some((row) => row.name === name && row !== found))
    return refuse(409, 'AP_NAME_TAKEN', `There is a ${named.slice(0, -1)} named "${name}" already.`)
  const wrong = trunk?.find((block) => !/^[\d.]+(\/\d+)?$|:/.test(block))
  if (wrong !== undefined || (trunk?.length === 0 && !ask.body['account']))
    return refuse(400, 'AP_INPUT_INVALID', `trunk: "${wrong ?? ''}" is no IP address or CIDR block.`)
  return undefined
}

const secretOf = (named: Named, made: boolean) =>
  named === 'phones'
    ? { password: made ? FRESH_PASSWORD : null }
    : named === 'tokens'
      ? { secret: 'ap_Zm9yIHRoZSBwaWN0dXJlcywgYW5kIG5vdGhpbmcgZWxzZQ' }
      : {}

/** What a new row has where the page sent nothing. */
function fresh(named: Named, { mailboxes: [box] }: FakeSettings): object {
  const createdAt = new Date().toISOString()
  switch (named) {
    case 'lines':
      return {
        number: null,
        mailbox: box?.name ?? '',
        ringSeconds: 18,
        callBack: null,
        callOut: null,
        srtp: 'offered',
        internal: 'ring',
        internalDigits: 0,
      } satisfies Partial<Line>
    case 'phones':
      return {
        mailboxes: [],
        speaker: false,
        speakerGainDb: 0,
        srtp: 'offered',
        createdAt,
        hasRegistered: false,
        devices: [],
      } satisfies Partial<Phone>
    case 'mailboxes':
      return { ...box, greeting: null }
    case 'users':
      return { role: 'member', createdAt }
    default:
      return { createdAt, lastUsedAt: null }
  }
}

function mailboxes({ settings, messages }: FakeMachine) {
  const count = (mailbox: string, wanted: string) =>
    messages.filter((message) => message.mailbox === mailbox && message.state === wanted).length
  const isThere = (wanted: string) => settings.greetings.some(({ id }) => id === wanted)
  return settings.mailboxes.map((box) => ({
    ...box,
    schedule: box.schedule.map((entry) => ({
      ...entry,
      gone: entry.greeting !== null && !isThere(entry.greeting),
    })),
    heard: heardNow(box, isThere),
    newMessages: count(box.name, 'new'),
    heardMessages: count(box.name, 'heard'),
  }))
}

/** As the real machine reckons it. */
function heardNow(
  { greeting, schedule, timeZone }: FakeSettings['mailboxes'][number],
  isThere: (id: string) => boolean,
) {
  const box = {
    greetingId: greeting,
    timeZone,
    schedule: schedule.map((entry) => ({ ...entry, greetingId: entry.greeting })),
  }
  const heard = greetingAt(box, isThere, Date.now())
  const next = nextGreeting(box, isThere, Date.now())
  return {
    greeting: heard.greetingId,
    entry: heard.entry,
    until: next ? new Date(next.at).toISOString() : null,
    next: next?.greetingId ?? null,
    timeZone: timeZone ?? 'UTC',
  }
}

function block(settings: FakeSettings, { number, name = null }: BlockedInput): Answer {
  const before = settings.blocked.find((other) => other.number === number)
  const row = before ?? { number, name, at: new Date().toISOString(), by: 'user:Ada' }
  if (!before) settings.blocked = [row, ...settings.blocked]
  return { status: 201, json: { ...row, wasBlocked: before !== undefined } }
}

function addGreeting(settings: FakeSettings, { query, bytes }: Ask): Answer {
  const name = query.get('name') ?? ''
  if (settings.greetings.some((greeting) => greeting.name === name))
    return refuse(409, 'AP_NAME_TAKEN', `There is a greeting named "${name}" already.`)
  if (bytes.toString('latin1', 0, 4) !== 'RIFF')
    return refuse(400, 'AP_GREETING_UNREADABLE', 'This is no WAV file.')
  lastId += 1
  const rate = bytes.readUInt32LE(28)
  const greeting = {
    id: `new${lastId}`,
    name,
    durationMs: Math.round(((bytes.length - 44) / rate) * 1000),
    createdAt: new Date().toISOString(),
  }
  settings.greetings.push(greeting)
  settings.sounds.set(greeting.id, bytes)
  return { status: 201, json: greeting }
}
