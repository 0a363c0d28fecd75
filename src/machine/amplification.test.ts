import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import {
  HOUSE,
  type HouseOptions,
  type InMemoryHouse,
  openHouse,
} from '../../test/helpers/in-memory-house.ts'

const VICTIM = '192.0.2.1'
const RTP = 39_000
const SDP = `v=0\r\no=- 1 1 IN IP4 ${VICTIM}\r\ns=-\r\nc=IN IP4 ${VICTIM}\r\nt=0 0\r\nm=audio ${RTP} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`
const METHODS = [
  'INVITE',
  'REGISTER',
  'SUBSCRIBE',
  'OPTIONS',
  'NOTIFY',
  'REFER',
  'MESSAGE',
  'PUBLISH',
  'INFO',
  'BYE',
  'UPDATE',
  'PRACK',
  'CANCEL',
  'ACK',
  'X',
]

/** Somebody's address, forged by who sends in its name: it answers nothing, and counts what it gets. */
function victimIn(house: InMemoryHouse, address: string) {
  const got: { at: number; bytes: number; line: string }[] = []
  const wire = house.network.udp(address, 6060, {
    onMessage: (bytes) =>
      got.push({
        at: house.clock.monotonic(),
        bytes: bytes.length,
        line: String(bytes).split('\r\n', 1)[0] ?? '',
      }),
    onBroken: () => {},
    onSendFailed: () => {},
  })
  return {
    got,
    total: () => got.reduce((sum, { bytes }) => sum + bytes, 0),
    /** One request in its name; returns how long it was. */
    forge(method: string, n: number, body = '', toTag = ''): number {
      const text = [
        `${method} sip:home@${HOUSE} SIP/2.0`,
        `Via: SIP/2.0/UDP ${address}:6060;branch=z9hG4bK-${method}-${n}`,
        'Max-Forwards: 70',
        `From: <sip:x@${address}>;tag=f`,
        `To: <sip:home@${HOUSE}>${toTag && `;tag=${toTag}`}`,
        `Call-ID: forged-${method}-${n}`,
        `CSeq: 1 ${method}`,
        `Contact: <sip:x@${address}:6060>`,
        'Event: dialog',
        ...(body ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n')
      wire.send(Buffer.from(text), { transport: 'udp', address: HOUSE, port: 5060 })
      return text.length
    },
  }
}

const LONG_MS = 120_000

describe('a packet in somebody else’s name', () => {
  it.each(METHODS)('%s of a stranger brings him nothing', async (method) => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    const victim = victimIn(house, '198.51.100.66')
    victim.forge(method, 1, method === 'INVITE' ? SDP : '')
    await house.pass(LONG_MS)
    expect(victim.got).toEqual([])
  })

  it.each(METHODS)(
    '%s from the phones’ network brings one 401 at the most, and nothing after it',
    async (method) => {
      await using house = await openHouse({ phones: [{ name: 'desk' }] })
      const victim = victimIn(house, '192.0.2.77')
      victim.forge(method, 1, method === 'INVITE' ? SDP : '')
      await house.pass(LONG_MS)
      expect(victim.got.map(({ line }) => line)).toEqual(
        ['ACK', 'CANCEL'].includes(method) ? expect.anything() : ['SIP/2.0 401 Unauthorized'],
      )
      expect(victim.got.length).toBeLessThanOrEqual(1)
    },
  )

  it.each(METHODS)('%s of a dialog that is none brings one answer at the most', async (method) => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    const victim = victimIn(house, '192.0.2.77')
    const sent = victim.forge(method, 1, method === 'INVITE' ? SDP : '', '0123456789abcdef')
    await house.pass(LONG_MS)
    expect(victim.got.length).toBeLessThanOrEqual(1)
    expect(victim.total()).toBeLessThanOrEqual(sent)
  })

  it('a flood of them brings thirty at once, and one a second', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    const victim = victimIn(house, '192.0.2.77')
    for (let n = 0; n < 2000; n++) {
      victim.forge('REGISTER', n)
      await house.pass(10)
    }
    expect(victim.got.length).toBeLessThanOrEqual(30 + 20 + 1)
  })
})

describe('a call in the name of a trunk', () => {
  const AT_ONCE: HouseOptions = { line: { ringSeconds: 0 } }

  async function forgeCall(options: HouseOptions) {
    await using house = await openHouse(options)
    const victim = victimIn(house, VICTIM)
    const sent = victim.forge('INVITE', 1, SDP)
    await house.pass(LONG_MS)
    const stream = house.rtp.carried.filter(({ to }) => to.address === VICTIM && to.port >= RTP)
    return { sent, victim, stream, live: house.machine.liveCalls() }
  }

  it('has a stream sent to him for 2 s, and a few dozen messages within a minute; nobody records', async () => {
    const { victim, stream, live } = await forgeCall(AT_ONCE)
    expect(stream.length).toBeGreaterThan(90)
    expect(stream.length).toBeLessThanOrEqual(102)
    expect(victim.got.length).toBeLessThanOrEqual(30)
    expect(victim.total()).toBeLessThan(25_000)
    expect(victim.got.at(-1)?.at).toBeLessThan(70_000)
    expect(live).toEqual([])
  })

  it('ends by itself where the machine does not answer', async () => {
    const { victim, stream, live } = await forgeCall({ line: { ringSeconds: 100_000 } })
    expect(stream).toEqual([])
    expect(victim.total()).toBeLessThan(5000)
    void live
  })

  it('goes on for a caller whose ACK comes late', async () => {
    await using house = await openHouse(AT_ONCE)
    await house.invite()
    await house.pass(10_000)
    const heard = () => house.rtp.carried.filter(({ to }) => to.address === VICTIM && to.port === 30_000)
    const before = heard().length
    expect(before).toBeLessThanOrEqual(102)
    await house.ack()
    await house.pass(1000)
    expect(heard().length - before).toBeGreaterThanOrEqual(49)
    const [last, next] = heard().slice(before - 1)
    // A pause in one stream: the same SSRC, the next number, and the clock has gone on (RFC 3550 §5.1).
    expect(next?.bytes.readUInt32BE(8)).toBe(last?.bytes.readUInt32BE(8))
    expect(next?.bytes.readUInt16BE(2)).toBe(((last?.bytes.readUInt16BE(2) ?? 0) + 1) & 0xffff)
    const clock = ((next?.bytes.readUInt32BE(4) ?? 0) - (last?.bytes.readUInt32BE(4) ?? 0)) >>> 0
    expect(clock).toBe(((next?.at ?? 0) - (last?.at ?? 0)) * 8)
  })
})

it('STUN is answered where a phone has registered, and to nobody else', async () => {
  await using house = await openHouse({ phones: [{ name: 'desk' }] })
  const from = (address: string, port = 5060) => ({
    transport: 'udp' as const,
    address,
    port,
    local: { address: HOUSE, port: 5060 },
  })
  const DESK = '192.0.2.10'
  expect(house.machine.answersStun(from(DESK))).toBe(false)
  await using _desk = await openPhone(house, 'desk', DESK)
  expect(house.machine.answersStun(from(DESK))).toBe(true)
  expect([from(DESK, 5061), from(VICTIM), from('198.51.100.66')].map(house.machine.answersStun)).toEqual([
    false,
    false,
    false,
  ])
})
