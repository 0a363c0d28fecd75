import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../../src/call/facts.ts'
import { BEEP, GATE_NAME, GOODBYE, gateKey } from '../../src/call/orders.ts'
import { stepScreening } from '../../src/call/screening.ts'
import type { ScreeningState } from '../../src/call/state.ts'

/**
 * The screening machine as a table, made by asking the machine itself. `node test/helpers/screening-table.ts` writes it
 * into ARCHITECTURE.md; test/architecture-table.test.ts fails when the two differ.
 */
const plan = {
  refusal: null,
  answers: true,
  gate: null,
  ringMs: 18_000,
  greeting: 'greeting',
  language: 'en' as const,
  longestMs: 180_000,
  shortestMs: 1000,
  silenceMs: null,
}
const keyGate = { ...plan, gate: { kind: 'key', digit: '5', ringTone: 'ring tone' } } as const
const nameGate = { ...plan, gate: { kind: 'name', ringTone: 'ring tone' } } as const
const key = { kind: 'key', digit: '5', asked: 3, wrong: 2 } as const
const STATES: readonly ScreeningState[] = [
  { phase: 'new', plan },
  { phase: 'ringing', plan, room: 'room' },
  { phase: 'ringing', plan: { ...plan, answers: false }, room: 'room' },
  { phase: 'answering', plan, room: 'room' },
  { phase: 'answering', plan: keyGate, room: 'room' },
  { phase: 'gate', plan: keyGate, room: 'room', gate: { ...key, at: 'asking' } },
  { phase: 'gate', plan: keyGate, room: 'room', gate: { ...key, at: 'waiting' } },
  { phase: 'gate', plan: nameGate, room: 'room', gate: { kind: 'name', at: 'asking', asked: 1 } },
  { phase: 'gate', plan: nameGate, room: 'room', gate: { kind: 'name', at: 'beeping', asked: 1 } },
  {
    phase: 'gate',
    plan: nameGate,
    room: 'room',
    gate: { kind: 'name', at: 'listening', asked: 2, spoke: false },
  },
  {
    phase: 'gate',
    plan: nameGate,
    room: 'room',
    gate: { kind: 'name', at: 'listening', asked: 2, spoke: true },
  },
  { phase: 'ringback', plan: keyGate, room: 'room' },
  { phase: 'greeting', plan, room: 'room', clip: 'greeting' },
  { phase: 'beeping', plan, room: 'room' },
  { phase: 'recording' },
  { phase: 'closing', clip: GOODBYE, ending: 'completed' },
  { phase: 'menu' },
  { phase: 'connected', owner: 'she', recording: false },
  { phase: 'connected', owner: 'she', recording: true },
  { phase: 'ended' },
]
const FACTS: readonly (readonly [words: string, fact: Fact])[] = [
  ['arrived', { kind: 'arrived' }],
  ['ring-time-over', { kind: 'ring-time-over' }],
  ['caller-confirmed', { kind: 'caller-confirmed' }],
  ['played (greeting)', { kind: 'played', clip: 'greeting' }],
  ['played (beep)', { kind: 'played', clip: BEEP }],
  ['played (last word)', { kind: 'played', clip: GOODBYE }],
  ['played (question)', { kind: 'played', clip: gateKey('5') }],
  ['played (question)', { kind: 'played', clip: GATE_NAME }],
  ['played (ring tone)', { kind: 'played', clip: 'ring tone' }],
  ['the key', { kind: 'digit', digit: '5' }],
  ['digit #', { kind: 'digit', digit: '#' }],
  ['speaking', { kind: 'speaking' }],
  ['gate-time-over', { kind: 'gate-time-over' }],
  ['let-in', { kind: 'let-in' }],
  ['menu-over', { kind: 'menu-over' }],
  ['message-time-over', { kind: 'message-time-over' }],
  ['silent', { kind: 'silent' }],
  ['storage-full', { kind: 'storage-full' }],
  ['caller-cancelled', { kind: 'caller-cancelled' }],
  ['caller-hung-up', { kind: 'caller-hung-up' }],
  ['caller-lost', { kind: 'caller-lost' }],
  ['media-lost', { kind: 'media-lost' }],
  ['picked-up', { kind: 'picked-up', owner: 'she' }],
  ['owner-hung-up', { kind: 'owner-hung-up', owner: 'she' }],
  ['handed-over', { kind: 'handed-over', from: 'she', to: 'he' }],
  ['record-on', { kind: 'record-on' }],
  ['record-off', { kind: 'record-off' }],
  ['answer-now', { kind: 'answer-now' }],
  ['hang-up', { kind: 'hang-up' }],
  ['block', { kind: 'block' }],
]

/** A row a state and fact that means something there; facts with the same meaning share a row. */
export function screeningTable(): string {
  const rows: string[] = ['| in | this fact | leads to | by these orders |', '|---|---|---|---|']
  for (const state of STATES) {
    const meanings = new Map<string, string[]>()
    for (const [words, fact] of factsIn(state)) {
      const [next, orders] = stepScreening(state, fact)
      if (next === state && orders.length === 0) continue
      const noted = next !== state && nameOf(next) === nameOf(state) && next.phase !== 'connected'
      const where = noted ? `${next.phase} (noted)` : nameOf(next)
      const meaning = `${where} | ${orders.map((order) => Object.values(order).join(' ')).join(', ') || '—'}`
      meanings.set(meaning, [...(meanings.get(meaning) ?? []), words])
    }
    for (const [meaning, words] of meanings)
      rows.push(`| ${nameOf(state)} | ${words.join(', ')} | ${meaning} |`)
  }
  return rows.join('\n')
}

/** A gate has places of its own, and what its own facts mean depends on the last try. */
function placeOf({ gate }: Extract<ScreeningState, { phase: 'gate' }>): string {
  if (gate.at !== 'listening') return `gate, ${gate.kind}, ${gate.at}`
  return `gate, name, listening${gate.spoke ? ', spoke' : ''}`
}

const isUnanswered = (state: ScreeningState) => state.phase === 'ringing' && !state.plan.answers
const isBeforeGate = (state: ScreeningState) => state.phase === 'answering' && state.plan.gate !== null

/** Where the machine does not answer, or asks what a gate wants, one thing is different. */
function factsIn(state: ScreeningState) {
  if (isUnanswered(state)) return FACTS.filter(([, { kind }]) => kind === 'ring-time-over')
  return isBeforeGate(state) ? FACTS.filter(([, { kind }]) => kind === 'caller-confirmed') : FACTS
}

function nameOf(state: ScreeningState): string {
  if (isUnanswered(state)) return 'ringing, unanswered'
  if (isBeforeGate(state)) return 'answering, for a gate'
  if (state.phase === 'gate') return placeOf(state)
  return state.phase === 'connected' && state.recording ? 'connected, recording' : state.phase
}

/** ARCHITECTURE.md with the table as the machine has it now. */
export function architectureWithTable(): {
  readonly file: string
  readonly is: string
  readonly should: string
} {
  const file = join(import.meta.dirname, '../../ARCHITECTURE.md')
  const is = readFileSync(file, 'utf8')
  const should = is.replace(
    /<!-- screening-table -->[\s\S]*?<!-- \/screening-table -->/,
    `<!-- screening-table -->\n${screeningTable()}\n<!-- /screening-table -->`,
  )
  return { file, is, should }
}

if (import.meta.main) {
  const { file, should } = architectureWithTable()
  writeFileSync(file, should)
}
