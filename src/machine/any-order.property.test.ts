import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { AnswerphoneError } from '../shared/errors.ts'

/** What may happen to a call, each at any time and any number of times. */
const HAPPENINGS = {
  ack: (house) => house.ack(),
  bye: (house) => house.bye(),
  cancel: (house) => house.cancel(),
  speak: (house) => house.speak(400),
  nothing: (house) => house.pass(700),
  long: (house) => house.pass(6000),
  hash: (house, cseq) => info(house, cseq, 'Signal=#'),
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
      fc.asyncProperty(happenings, fc.constantFrom(0, 3), async (story, ringSeconds) => {
        await using house = await openHouse({ line: { ringSeconds }, mailbox: { longestSeconds: 20 } })
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
        expect(house.clock.pending).toBe(1) // the watch over the disk
        expect(house.kept.length).toBeLessThanOrEqual(1)
        const ssrcs = house.rtp.carried
          .filter(({ from, bytes }) => from.address === HOUSE && bytes[1] !== 200 && bytes[1] !== 201)
          .map(({ bytes }) => bytes.readUInt32BE(8))
        expect(new Set(ssrcs).size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
