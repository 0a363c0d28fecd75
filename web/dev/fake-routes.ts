import type {
  Mark,
  Message,
  MessageBatch,
  MessageBatchDone,
  MessagePage,
  Problem,
  PushState,
  SwitchesChange,
} from '../../src/api/contract.ts'
import { speechLikeWav } from './fake-audio.ts'
import { answerCallerPages } from './fake-caller-pages.ts'
import { answerCallers } from './fake-callers.ts'
import { answerContacts, withContact } from './fake-contacts.ts'
import { answerDoctor } from './fake-doctor.ts'
import { fakeLadder } from './fake-ladder.ts'
import { answerLists } from './fake-lists.ts'
import type { FakeMachine } from './fake-machine.ts'
import { answerMail } from './fake-mail.ts'
import { answerRules } from './fake-rules.ts'
import { answerSettings } from './fake-settings.ts'
import { answerSources } from './fake-sources.ts'
import { answerStorage } from './fake-storage.ts'
import { answerTelling } from './fake-telling.ts'

/** What a route answers: JSON, sound, or nothing. */
export type Answer =
  | { readonly status: number; readonly json?: unknown }
  | { readonly status: 200; readonly wav: Buffer }

export interface Ask {
  readonly method: string
  /** Below /api/v1. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  /** What came that is no JSON. */
  readonly bytes: Buffer
}

export const refuse = (status: number, code: string, message: string): Answer => ({
  status,
  json: { status, code, message } satisfies Problem,
})
const missing = refuse(404, 'AP_NOT_FOUND', 'There is no such thing.')
export const done: Answer = { status: 204 }

/** Answers what a logged-in owner asks of the machine. */
export function answer(machine: FakeMachine, ask: Ask): Answer {
  const [collection, id, act] = ask.path.slice(1).split('/')
  const route = `${ask.method} ${collection}${id ? '/:id' : ''}${act ? `/${act}` : ''}`
  switch (route) {
    case 'GET messages':
      return listMessages(machine, ask.query)
    case 'GET messages/:id':
      return found(
        machine,
        machine.messages.find((message) => message.id === id),
      )
    case 'GET messages/:id/transcript':
      return transcriptOf(machine, id)
    case 'GET transcription':
      return { status: 200, json: machine.transcription }
    case 'PATCH transcription':
      return { status: 200, json: Object.assign(machine.transcription, ask.body) }
    case 'GET messages/:id/audio':
      return audio(machine, id)
    case 'PATCH messages/:id':
      return found(machine, machine.change(id ?? '', ask.body as Partial<Message>))
    case 'DELETE messages/:id':
      return remove(machine, id ?? '', ask.query)
    case 'POST messages/:id/restore':
      return restore(machine, id)
    case 'POST messages/:id':
      return batch(machine, ask.body as unknown as MessageBatch)
    case 'GET calls':
      return listCalls(machine, ask.query)
    case 'GET calls/:id/name':
      return { status: 200, wav: speechLikeWav(1800, 1800) }
    case 'GET calls/:id/ladder':
      return ladderOf(machine, id)
    case 'POST calls/:id/answer':
      machine.greet(id ?? '')
      return done
    case 'POST calls/:id/block':
    case 'POST calls/:id/hang-up':
      machine.end(id ?? '')
      return done
    case 'GET switches':
      return { status: 200, json: machine.switches }
    case 'PATCH switches':
      return { status: 200, json: machine.switchTo(ask.body as SwitchesChange) }
    case 'GET push':
      return { status: 200, json: pushState(machine) }
    case 'POST push/:id':
    case 'DELETE push/:id':
      if (id === 'test') return machine.subscribed ? done : missing
      machine.subscribed = ask.method === 'POST'
      return ask.method === 'POST' ? { status: 200, json: pushState(machine) } : done
    case 'POST test-calls':
      return { status: 201, json: { url: '/try.html#link', ...testCall() } }
    case 'POST test-calls/:id':
      return { status: 200, json: testCall() }
    default:
      return (
        answerCallers(machine, ask, route) ??
        answerCallerPages(machine, ask, route) ??
        answerSources(machine.settings, ask, route) ??
        answerContacts(machine, ask, route) ??
        answerRules(machine, ask, route) ??
        answerLists(machine.settings, ask, route) ??
        answerDoctor(ask, route) ??
        answerMail(machine, ask, route) ??
        answerStorage(machine, ask, route) ??
        answerTelling(machine.settings.telling, ask, route) ??
        answerSettings(machine, ask, route) ??
        missing
      )
  }
}

const pushState = ({ subscribed }: FakeMachine): PushState => ({ publicKey: 'BNo', subscribed })

const testCall = () => ({ line: 'home', expiresAt: new Date(Date.now() + 900_000).toISOString() })

const found = ({ settings }: FakeMachine, message: Message | undefined): Answer =>
  message ? { status: 200, json: withContact(settings.contacts, message) } : missing

function remove(machine: FakeMachine, id: string, query: URLSearchParams): Answer {
  if (query.get('forever') === '1') {
    machine.messages = machine.messages.filter((message) => message.id !== id)
    machine.tell({ kind: 'messages-changed' })
    return done
  }
  return found(machine, machine.change(id, trashed()))
}

function restore(machine: FakeMachine, id: string | undefined): Answer {
  return found(machine, machine.change(id ?? '', restored(machine.beforeTrash.get(id ?? ''))))
}

const trashed = () => ({ state: 'trash' as const, trashedAt: new Date().toISOString() })
const restored = (state: Message['state'] = 'new') => ({ state, trashedAt: null })

function batch(machine: FakeMachine, { act, ids, all, except = [] }: MessageBatch): Answer {
  const changedAt = new Date().toISOString()
  const named = new Set(
    ids ??
      findMessages(machine, new URLSearchParams({ ...all } as Record<string, string>)).map(({ id }) => id),
  )
  const undone = all?.changedAt === undefined ? null : machine.changedAt
  const meant = machine.messages.filter(({ id, state, pickedUp }) => {
    if (!named.has(id) || except.includes(id)) return false
    if (undone !== null && undone.get(id) !== all?.changedAt) return false
    if (act === 'restore' || act === 'purge') return state === 'trash'
    if (act === 'not-junk') return state === 'junk'
    return act === 'new' ? state === 'heard' && pickedUp === null : state !== 'trash' && state !== act
  })
  const changed = new Set(meant.map(({ id }) => id))
  if (act === 'purge') machine.messages = machine.messages.filter(({ id }) => !changed.has(id))
  else
    machine.changeAll(changed, ({ id }) => {
      if (act === 'restore') return restored(machine.beforeTrash.get(id))
      return act === 'trash' ? trashed() : { state: act === 'not-junk' ? 'new' : act }
    })
  for (const id of changed) machine.changedAt.set(id, changedAt)
  const done: MessageBatchDone = { changed: ids ? [...changed] : [], count: changed.size, changedAt }
  return { status: 200, json: done }
}

function findMessages(machine: FakeMachine, query: URLSearchParams): readonly Message[] {
  const states = (query.get('state') ?? 'new,heard').split(',')
  const q = (query.get('q') ?? '').toLowerCase()
  const mailbox = query.get('mailbox')
  const [from, before] = [query.get('from') ?? '', query.get('before') ?? '9']
  const { contacts } = machine.settings
  return machine.messages.filter(
    (message) =>
      states.includes(message.state) &&
      (mailbox === null || message.mailbox === mailbox) &&
      message.receivedAt >= from &&
      message.receivedAt < before &&
      (q === '' || textOf(withContact(contacts, message)).toLowerCase().includes(q)),
  )
}

function listMessages(machine: FakeMachine, query: URLSearchParams): Answer {
  const { contacts } = machine.settings
  const rows = findMessages(machine, query)
  const { page, nextCursor } = paged(rows.filter(isFrom(query)), query)
  const isCounted = !query.get('q') && !['caller', 'from', 'before'].some((name) => query.has(name))
  const total = isCounted ? rows.length : null
  const messages = page.map((message) => withContact(contacts, message))
  return { status: 200, json: { messages, nextCursor, total } satisfies MessagePage }
}

const textOf = ({ contact, callerName, callerNumber, note }: Message) =>
  `${contact?.name ?? ''} ${callerName ?? ''} ${callerNumber ?? ''} ${note}`

const isFrom = (query: URLSearchParams) => {
  const caller = query.get('caller')
  return ({ callerNumber }: { readonly callerNumber: string | null }) =>
    caller === null || callerNumber === caller
}

function listCalls(machine: FakeMachine, query: URLSearchParams): Answer {
  const { page, nextCursor } = paged(machine.past.filter(isFrom(query)), query)
  const known = <Row extends { readonly callerNumber: string | null }>(rows: readonly Row[]) =>
    rows.map((row) => withContact(machine.settings.contacts, row))
  return { status: 200, json: { live: known(machine.live), past: known(page), nextCursor } }
}

export function paged<Row>(rows: readonly Row[], query: URLSearchParams) {
  const from = Number(query.get('cursor') ?? 0) + Number(query.get('skip') ?? 0)
  const to = from + Number(query.get('limit') ?? 50)
  return { page: rows.slice(from, to), nextCursor: to < rows.length ? String(to) : null }
}

/** The number and the time of the one sentence that has some. */
function fakeMarks(sentence: string): Mark[] {
  const start = sentence.indexOf('020 7946 0123')
  const day = sentence.indexOf('tomorrow at seven')
  if (start < 0 || day < 0) return []
  return [
    { kind: 'number', start, end: start + 13, number: '+442079460123' },
    { kind: 'moment', start: day, end: day + 17, at: '2026-11-28T19:00:00.000Z', isWholeDay: false },
  ]
}

/** Sentence by sentence, evenly over the time. */
function transcriptOf(machine: FakeMachine, id: string | undefined): Answer {
  const message = machine.messages.find((each) => each.id === id)
  if (!message?.transcript) return missing
  const { text } = message.transcript
  const sentences = text.match(/[^.!?]+[.!?]*/g) ?? []
  const lengthMs = Math.floor(message.durationMs / Math.max(1, sentences.length))
  const segments = sentences.map((sentence, place) => ({
    text: sentence.trim(),
    startMs: place * lengthMs,
    endMs: (place + 1) * lengthMs,
    marks: fakeMarks(sentence.trim()),
  }))
  return { status: 200, json: { ...message.transcript, segments } }
}

function audio(machine: FakeMachine, id: string | undefined): Answer {
  const place = machine.messages.findIndex((message) => message.id === id)
  const message = machine.messages[place]
  if (!message) return missing
  const wav = speechLikeWav(message.durationMs, message.durationMs)
  // 16 bytes a millisecond, behind the header.
  if (machine.silentAfterMs < message.durationMs) wav.fill(0, 44 + machine.silentAfterMs * 16)
  return { status: 200, wav }
}

/** Calls of weeks ago have lost theirs. */
function ladderOf(machine: FakeMachine, id: string | undefined): Answer {
  const call = machine.past.find((each) => each.id === id)
  const isRecent = call !== undefined && Date.parse(call.arrivedAt) > Date.now() - 2 * 24 * 3_600_000
  if (!isRecent) return refuse(404, 'AP_LADDER_MISSING', 'There is no ladder of it.')
  return { status: 200, json: fakeLadder(call) }
}
