import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { babble } from '../../test/helpers/babble.ts'
import { type HousePhone, openPhone } from '../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { ruleOf } from '../../test/helpers/rule-calls.ts'
import type { GateQuestion } from '../shared/caller-gate.ts'
import { AnswerphoneError } from '../shared/errors.ts'

const PHONES = [
  { name: 'desk', address: '192.0.2.11' },
  { name: 'sofa', address: '192.0.2.12' },
] as const

/** A call, and the owner's phones, which ring and do nothing by themselves. */
interface Scene {
  readonly house: InMemoryHouse
  readonly phones: readonly HousePhone[]
}

/** What phones may do to it. `n` says which of them. */
const DOINGS = {
  answers: ({ phones }, n) => incoming(phones, n)?.answer(),
  refuses: ({ phones }, n) => incoming(phones, n)?.refuse(486),
  picksUp: ({ phones }, n) => void phones[n % 2]?.call(`sip:*8@${HOUSE}`),
  listens: ({ phones }, n) => void phones[n % 2]?.call(`sip:*1@${HOUSE}`),
  calls: ({ phones }, n) => void phones[n % 2]?.call(`sip:${PHONES[(n + 1) % 2]?.name}@${HOUSE}`),
  presses8: ({ phones }, n) => void latest(phones, n)?.request('INFO', DIGIT_8),
  holds: ({ phones }, n) => void latest(phones, n)?.reInvite('sendonly'),
  transfers: ({ phones }, n) => void latest(phones, n)?.refer(`<sip:${PHONES[(n + 1) % 2]?.name}@${HOUSE}>`),
  phoneHangsUp: ({ phones }, n) => latest(phones, n)?.hangUp(),
  switchesOff: ({ phones }, n) => phones[n % 2]?.switchOff(),
  records: ({ house }, n) => actOn(house, 'record', { on: n % 3 > 0 }),
  isSummoned: ({ house }, n) => actOn(house, n % 2 ? 'pick-up' : 'listen', { phone: 'desk' }),
} satisfies Record<string, (scene: Scene, n: number) => void>

const DIGIT_8 = { contentType: 'application/dtmf-relay', body: 'Signal=8\r\nDuration=160\r\n' }
const incoming = (phones: readonly HousePhone[], n: number) =>
  phones[n % 2]?.calls.find(({ direction, state }) => direction === 'in' && state === 'ringing')
const latest = (phones: readonly HousePhone[], n: number) =>
  phones[n % 2]?.calls.findLast(({ state }) => state !== 'over')

function actOn(house: InMemoryHouse, act: 'record' | 'pick-up' | 'listen', detail: object) {
  const [call] = house.machine.liveCalls()
  if (call) void house.machine.act(call.id, act, 'user:ada', detail)
}

/** What may happen to a call, each at any time and any number of times. */
const HAPPENINGS = {
  ack: (house) => house.ack(),
  bye: (house) => house.bye(),
  cancel: (house) => house.cancel(),
  speak: (house) => house.speak(400),
  nothing: (house) => house.pass(700),
  long: (house) => house.pass(6000),
  hash: (house, cseq) => info(house, cseq, 'Signal=#'),
  five: (house, cseq) => info(house, cseq, 'Signal=5'),
  babble: (house) => house.speak(400, babble),
  hold: (house, cseq) => reinvite(house, cseq, 'a=sendonly'),
  alaw: (house, cseq) => reinvite(house, cseq, 'a=sendrecv', 8),
  broken: (house, cseq) => reinvite(house, cseq, 'a=sendrecv', 18),
  offerless: (house, cseq) => house.request('INVITE', `${cseq} INVITE`, [], '', `re-${cseq}`),
  update: (house, cseq) => house.request('UPDATE', `${cseq} UPDATE`, [], '', `up-${cseq}`),
  answerNow: async (house) => act(house, 'answer-now'),
  hangUp: async (house) => act(house, 'hang-up'),
  locked: async (house) => {
    for (let time = 0; time < 4; time++)
      house.failures.push(new AnswerphoneError('AP_STORE_LOCKED', { file: 'x' }))
  },
} satisfies Record<string, (house: InMemoryHouse, cseq: number) => Promise<void>>

const QUESTIONS: readonly (GateQuestion | undefined)[] = [
  undefined,
  { kind: 'key', digit: '5' },
  { kind: 'name' },
]
/** The rules of a house: with a gate, or none. */
const gates = fc
  .constantFrom(...QUESTIONS)
  .map((gate) => (gate ? [ruleOf('Gate', [], { kind: 'take', gate })] : []))

type Happening = keyof typeof HAPPENINGS

function info(house: InMemoryHouse, cseq: number, body: string) {
  return house.request('INFO', `${cseq} INFO`, ['Content-Type: application/dtmf-relay'], body, `info-${cseq}`)
}

function reinvite(house: InMemoryHouse, cseq: number, direction: string, payloadType = 0) {
  const sdp = `v=0\r\no=- 1 ${cseq} IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio 30002 RTP/AVP ${payloadType}\r\n${direction}\r\n`
  return house.request('INVITE', `${cseq} INVITE`, ['Content-Type: application/sdp'], sdp, `re-${cseq}`)
}

async function act(house: InMemoryHouse, act: 'answer-now' | 'hang-up') {
  const [call] = house.machine.liveCalls()
  if (call) await house.machine.act(call.id, act, 'user:ada')
}

describe('a call to which anything happens in any order', () => {
  it('ends, is written down, keeps at most one message, and leaves nothing behind', async () => {
    const happenings = fc.array(fc.constantFrom(...(Object.keys(HAPPENINGS) as Happening[])), {
      maxLength: 14,
    })
    await fc.assert(
      fc.asyncProperty(happenings, fc.constantFrom(0, 3), gates, async (story, ringSeconds, rules) => {
        await using house = await openHouse({
          line: { ringSeconds },
          mailbox: { longestSeconds: 20 },
          rules,
        })
        await house.invite()
        let cseq = 10
        for (const happening of story) await HAPPENINGS[happening](house, cseq++)
        // No RTP for half a minute, no ACK for as long, timers of transactions that end.
        await house.pass(150_000)
        expect(house.machine.liveCalls()).toEqual([])
        expect([...house.rows.values()]).toMatchObject([
          { outcome: expect.any(String), endedAt: expect.any(Number) },
        ])
        expect(house.endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
        expect(house.rtp.openSockets).toBe(1)
        expect(house.clock.pending).toBe(2) // the watches over the disk, and over how full mailboxes are
        expect(house.kept.length).toBeLessThanOrEqual(1)
        const ssrcs = house.rtp.carried
          .filter(({ from, bytes }) => from.address === HOUSE && bytes[1] !== 200 && bytes[1] !== 201)
          .map(({ bytes }) => bytes.readUInt32BE(8))
        expect(new Set(ssrcs).size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 120 },
    )
  })

  it('and phones do what they like besides: the same, and one stream for the caller', async () => {
    const doing = fc.record({
      what: fc.constantFrom(...(Object.keys(DOINGS) as (keyof typeof DOINGS)[])),
      n: fc.nat(5),
    })
    const happening = fc.constantFrom(
      ...([
        'ack',
        'bye',
        'cancel',
        'speak',
        'nothing',
        'long',
        'hash',
        'five',
        'babble',
        'hold',
        'answerNow',
        'hangUp',
      ] as const),
    )
    const story = fc.array(fc.oneof({ weight: 2, arbitrary: doing }, happening), { maxLength: 16 })
    await fc.assert(
      fc.asyncProperty(story, fc.constantFrom(0, 3), gates, async (happenings, ringSeconds, rules) => {
        await using house = await openHouse({
          rules,
          line: { ringSeconds },
          mailbox: { longestSeconds: 20 },
          phones: PHONES.map(({ name }) => ({ name, speaker: name === 'sofa' })),
        })
        const phones: HousePhone[] = []
        for (const { name, address } of PHONES)
          phones.push(await openPhone(house, name, address, { onCall: (call) => call.ring() }))
        await house.invite()
        let cseq = 10
        for (const happening of happenings) {
          if (typeof happening === 'string') await HAPPENINGS[happening](house, cseq++)
          else DOINGS[happening.what]({ house, phones }, happening.n)
          await house.pass(30)
        }
        for (const phone of phones) for (const call of phone.calls) if (call.state !== 'over') call.hangUp()
        await house.pass(150_000)
        expect(house.machine.liveCalls()).toEqual([])
        expect([...house.rows.values()]).toMatchObject([
          { outcome: expect.any(String), endedAt: expect.any(Number) },
        ])
        expect(house.endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
        expect(house.rtp.openSockets, 'the caller and two phones').toBe(3)
        const toCaller = house.rtp.carried.filter(
          ({ from, to }) => from.address === HOUSE && to.address === CALLER,
        )
        const streams = toCaller.filter(({ bytes }) => bytes[1] !== 200 && bytes[1] !== 201)
        expect(new Set(streams.map(({ bytes }) => bytes.readUInt32BE(8))).size).toBeLessThanOrEqual(1)
        expect(house.caller.requests('INVITE'), 'no re-INVITE to the caller').toEqual([])
        for (const phone of phones) await phone[Symbol.asyncDispose]()
      }),
      { numRuns: 60 },
    )
  })
})
