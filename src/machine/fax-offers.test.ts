import { expect, it } from 'vitest'
import { CALLER, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { ruleOf } from '../../test/helpers/rule-calls.ts'

/**
 * Gateways that believe to hear a fax ask for T.38 in the middle of a call (ITU-T T.38, Annex D). We take none: 488, and the call
 * goes on as it was (RFC 3261 §14.2), for it may be a voice that sounded like a fax.
 */
const ABOUT = `v=0\r\no=- 1 2 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\n`
const IMAGE = 'm=image 30000 udptl t38\r\na=T38FaxVersion:0\r\na=T38FaxUdpEC:t38UDPRedundancy\r\n'
const OFFERS = [
  ['in place of the sound', ABOUT + IMAGE],
  ['beside sound that is over', `${ABOUT}m=audio 0 RTP/AVP 0\r\n${IMAGE}`],
] as const

async function offerFax(house: InMemoryHouse, offer: string) {
  await house.request('INVITE', '2 INVITE', ['Content-Type: application/sdp'], offer, 'fax')
  expect(house.caller.statuses('2 INVITE')).toEqual([100, 488])
  await house.request('ACK', '2 ACK', [], '', 'fax')
}

/** One stream from the answer on: nothing missing, nothing twice, nothing late. */
function expectUnbroken(house: InMemoryHouse) {
  const sent = house.rtp.carried.filter(({ to }) => to.address === CALLER && to.port === 30_000)
  const packets = sent.map(({ at, bytes }) => ({
    at,
    number: bytes.readUInt16BE(2),
    source: bytes.readUInt32BE(8),
  }))
  const [first] = packets
  expect(packets.length).toBeGreaterThan(100)
  packets.forEach(({ at, number, source }, i) => {
    expect(source).toBe(first?.source)
    expect(number).toBe(((first?.number ?? 0) + i) & 0xffff)
    expect(Math.abs(at - (first?.at ?? 0) - 20 * i)).toBeLessThanOrEqual(5)
  })
}

it.each(OFFERS)(
  'T.38 %s is refused while a message is left, and every frame of it is kept',
  async (_how, offer) => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(10_000)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
    await house.speak(2000)
    await offerFax(house, offer)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
    await house.speak(2000)
    expectUnbroken(house)
    await house.request('BYE', '3 BYE')
    await house.pass(100)
    expect(house.kept).toHaveLength(1)
    expect(house.kept[0]?.hearing.soundMs).toBeGreaterThanOrEqual(3900)
  },
)

it.each(OFFERS)('T.38 %s is refused before a gate, which the key opens as ever', async (_how, offer) => {
  const gate = { kind: 'key', digit: '5' } as const
  await using house = await openHouse({ rules: [ruleOf('Gate', [], { kind: 'take', gate })] })
  await house.invite()
  await house.ack()
  await house.pass(2000)
  await offerFax(house, offer)
  expect(house.machine.liveCalls()).toMatchObject([{ phase: 'gate', gate: { went: null } }])
  await house.pass(2000)
  expectUnbroken(house)
  const type = ['Content-Type: application/dtmf-relay']
  await house.request('INFO', '3 INFO', type, 'Signal=5\r\nDuration=100\r\n', 'key')
  await house.pass(100)
  expect(house.machine.liveCalls()).toMatchObject([{ gate: { went: 'passed' } }])
  await house.request('BYE', '4 BYE')
})
