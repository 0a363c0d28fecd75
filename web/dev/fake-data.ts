import type { Message, PastCall } from '../../src/api/contract.ts'
import { attestationOf } from './fake-callers.ts'

/** People who call. The numbers are from the ranges that regulators keep free for stories. */
const person = (callerNumber: string | null, callerDisplay: string | null, callerName: string | null) => ({
  callerNumber,
  callerE164: callerNumber,
  callerDisplay,
  callerName,
})

export const people = {
  ruth: person('+442079460123', '+44 20 7946 0123', 'Ruth Adebayo'),
  practice: person('+493023125042', '030 23125042', 'Praxis Dr. Sommer'),
  jonas: person('+498999998071', '089 99998071', 'Jonas Weber'),
  unknown: person('+12025550147', '+1 202 555 0147', null),
  withheld: person(null, null, null),
  school: person('+441134960812', '+44 113 496 0812', 'Hillside Primary School'),
  garage: person('+442079460771', '+44 20 7946 0771', 'Kestrel Garage'),
} as const

type Person = keyof typeof people

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Seed {
  readonly who: Person
  readonly agoMs: number
  readonly lengthMs: number
  readonly state: Message['state']
  readonly note?: string
  readonly cutOff?: true
  readonly pickedUp?: 'kept' | 'asked'
  readonly kind?: 'conversation'
  readonly said?: string
}

const seeds: readonly Seed[] = [
  {
    ...{ who: 'ruth', agoMs: 4 * MINUTE, lengthMs: 23_400, state: 'new' },
    said: 'Hello, this is Ruth. I found your keys under the bench. Call me back at 020 7946 0123, or come by tomorrow at seven.',
  },
  { who: 'practice', agoMs: 51 * MINUTE, lengthMs: 41_100, state: 'new', note: 'Moved to Thursday at nine?' },
  { who: 'unknown', agoMs: 3.2 * HOUR, lengthMs: 7_900, state: 'new' },
  {
    who: 'jonas',
    agoMs: 5.7 * HOUR,
    lengthMs: 96_300,
    state: 'heard',
    note: 'Said seven o’clock, at the station',
  },
  { who: 'withheld', agoMs: DAY + 2 * HOUR, lengthMs: 4_200, state: 'heard' },
  { who: 'school', agoMs: DAY + 6.4 * HOUR, lengthMs: 33_800, state: 'heard', pickedUp: 'kept' },
  { who: 'garage', agoMs: 2 * DAY + 3 * HOUR, lengthMs: 18_000, state: 'heard', cutOff: true },
  {
    who: 'ruth',
    agoMs: 4 * DAY + 1.1 * HOUR,
    lengthMs: 128_700,
    state: 'heard',
    note: 'Recipe for the plum cake',
  },
  { who: 'jonas', agoMs: 12 * DAY, lengthMs: 11_300, state: 'heard' },
  { who: 'unknown', agoMs: 15 * HOUR, lengthMs: 3_100, state: 'trash' },
  { who: 'withheld', agoMs: 3 * DAY, lengthMs: 9_600, state: 'trash' },
  { who: 'garage', agoMs: 9.1 * HOUR, lengthMs: 9_400, state: 'heard', pickedUp: 'asked' },
  {
    who: 'school',
    agoMs: DAY + 6.3 * HOUR,
    lengthMs: 184_000,
    state: 'heard',
    pickedUp: 'kept',
    kind: 'conversation',
  },
]

/** Some days of a household's messages before `now`, the newest first. */
export function sampleMessages(now: number): Message[] {
  return seeds
    .map((seed, place) => makeMessage(seed, place, now))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
}

function makeMessage(
  { who, agoMs, lengthMs, state, note, cutOff, pickedUp, kind, said }: Seed,
  place: number,
  now: number,
): Message {
  const receivedAt = new Date(now - agoMs).toISOString()
  return {
    id: `m${String(place).padStart(3, '0')}`,
    callId: `c${String(place).padStart(3, '0')}`,
    mailbox: 'home',
    line: 'home',
    ...people[who],
    contact: null,
    receivedAt,
    durationMs: lengthMs,
    state,
    heardAt: state === 'heard' ? receivedAt : null,
    trashedAt: state === 'trash' ? receivedAt : null,
    cutOff: cutOff ?? false,
    note: note ?? '',
    pickedUp: pickedUp ?? null,
    kind: kind ?? 'message',
    forwardedBy: null,
    junkReason: null,
    transcript: said ? { state: 'done', text: said, language: 'en', by: 'command', problem: null } : null,
    hit: null,
  }
}

/** The calls that brought these messages, and some that brought none. */
export function sampleCalls(messages: readonly Message[], now: number): PastCall[] {
  const withMessage = messages.map(({ callId, id, line, receivedAt, durationMs, ...caller }) => {
    const since = Date.parse(receivedAt)
    return makeCall(
      { id: callId, line, ...callerIn(caller), outcome: 'message', messageId: id },
      { arrivedAt: since - 25_000, answeredAt: since - 7_000, endedAt: since + durationMs },
    )
  })
  const without = (
    [
      ['ruth', 9 * MINUTE, 'abandoned'],
      ['unknown', 3.4 * HOUR, 'hung-up'],
      ['withheld', DAY + HOUR, 'refused'],
      ['garage', 2 * DAY + 3.1 * HOUR, 'interrupted'],
      ['school', 3 * DAY, 'hung-up'],
    ] as const
  ).map(([who, agoMs, outcome], place) => {
    const arrivedAt = now - agoMs
    const answered = outcome === 'hung-up' || outcome === 'interrupted'
    return makeCall(
      { id: `n${place}`, line: 'home', ...people[who], outcome, messageId: null },
      { arrivedAt, answeredAt: answered ? arrivedAt + 18_000 : null, endedAt: arrivedAt + 24_000 },
    )
  })
  return [...withMessage, ...without].sort((a, b) => (a.arrivedAt < b.arrivedAt ? 1 : -1))
}

function makeCall(
  call: Pick<PastCall, 'id' | 'line' | 'outcome' | 'messageId'> & Caller,
  at: { readonly arrivedAt: number; readonly answeredAt: number | null; readonly endedAt: number },
): PastCall {
  return {
    ...call,
    attestation: attestationOf(call.callerNumber),
    contact: null,
    rule: null,
    encrypted: 'neither',
    gate: null,
    arrivedAt: new Date(at.arrivedAt).toISOString(),
    answeredAt: at.answeredAt === null ? null : new Date(at.answeredAt).toISOString(),
    endedAt: new Date(at.endedAt).toISOString(),
  }
}

type Caller = Pick<PastCall, 'callerName' | 'callerNumber' | 'callerE164' | 'callerDisplay'>

/** What a call and its message alike have of their caller. */
export const callerIn = ({ callerName, callerNumber, callerE164, callerDisplay }: Caller): Caller => ({
  callerName,
  callerNumber,
  callerE164,
  callerDisplay,
})
