import { describe, expect, it } from 'vitest'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'

/** What callers do with their sound that is allowed, and not what most do. */

const PORT = 33_000
const GREETED_MS = 12_000

const describeAt = (address: string, port: number, version: number, ...lines: string[]) =>
  [
    ...['v=0', `o=- 1 ${version} IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'],
    `m=audio ${port} RTP/AVP 0`,
    ...lines,
    '',
  ].join('\r\n')

const portOf = (house: InMemoryHouse) =>
  Number(/^m=audio (\d+)/m.exec(house.caller.response('1 INVITE', 200)?.body.toString() ?? '')?.[1])

/** Speaks for so long in packets of this length; each byte is the number of its millisecond. */
async function speak(
  house: InMemoryHouse,
  options: { from: string; port: number; ms: number; ptimeMs: number; at?: number },
) {
  const { from, port, ms, ptimeMs, at = 0 } = options
  const said: Buffer[] = []
  for (let spoken = at; spoken < at + ms; spoken += ptimeMs) {
    const payload = Buffer.from(
      Array.from({ length: ptimeMs * 8 }, (_, sample) => 1 + ((spoken + (sample >> 3)) % 120)),
    )
    const head = Buffer.alloc(12)
    head[0] = 0x80
    head.writeUInt16BE((spoken / ptimeMs) & 0xffff, 2)
    head.writeUInt32BE(spoken * 8, 4)
    head.writeUInt32BE(0xcafe, 8)
    said.push(payload)
    house.rtp.inject(
      { address: from, port },
      { address: HOUSE, port: portOf(house) },
      Buffer.concat([head, payload]),
    )
    await house.pass(ptimeMs)
  }
  return Buffer.concat(said)
}

/** A call that is answered and greeted; its message begins. */
async function greeted(...lines: string[]): Promise<InMemoryHouse> {
  const house = await openHouse({ line: { ringSeconds: 0 } })
  await house.invite({ sdp: describeAt(CALLER, PORT, 1, ...lines) })
  await house.ack()
  await house.pass(GREETED_MS)
  expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
  return house
}

const recorded = (house: InMemoryHouse) =>
  Buffer.concat([...house.recorder.kept.values()].flat().map(({ payload }) => payload))

describe.each([10, 30, 40, 60])('a caller who speaks in packets of %d ms (RFC 8866 §6.4)', (ptimeMs) => {
  it('is recorded without a gap, and hears packets of 20 ms all the while', async () => {
    await using house = await greeted(`a=ptime:${ptimeMs}`)
    const said = await speak(house, { from: CALLER, port: PORT, ms: 2400, ptimeMs })
    await house.pass(100)
    expect(recorded(house).equals(said)).toBe(true)
    const sizes = house.rtp.carried
      .filter(({ to }) => to.address === CALLER && to.port === PORT)
      .map(({ bytes }) => bytes.length)
    expect(new Set(sizes)).toEqual(new Set([172]))
    await house.bye()
  })
})

it('a caller whose media moves to another address in the middle of the message is heard from there, and hears there (RFC 3264 §8.3.1)', async () => {
  await using house = await greeted()
  const before = await speak(house, { from: CALLER, port: PORT, ms: 1000, ptimeMs: 20 })
  const [moved, movedPort] = ['192.0.2.50', 34_000]
  await house.request(
    'INVITE',
    '2 INVITE',
    ['Content-Type: application/sdp'],
    describeAt(moved, movedPort, 2),
    'MOVED',
  )
  expect(house.caller.statuses('2 INVITE').at(-1)).toBe(200)
  await house.request('ACK', '2 ACK', [], '', 'ACK2')
  const since = house.clock.monotonic()
  const after = await speak(house, { from: moved, port: movedPort, ms: 1000, ptimeMs: 20, at: 1000 })
  await house.pass(100)
  expect(recorded(house).equals(Buffer.concat([before, after]))).toBe(true)
  const later = house.rtp.carried.filter(({ at, bytes }) => at > since + 40 && bytes.length === 172)
  const heardAt = later
    .filter(({ from }) => from.address === HOUSE)
    .map(({ to }) => `${to.address}:${to.port}`)
  expect(new Set(heardAt)).toEqual(new Set([`${moved}:${movedPort}`]))
  await house.request('BYE', '3 BYE')
})

it('a plain caller who would like RTCP on the port of RTP is told by the answer that it has its own (RFC 5761 §5.1.1)', async () => {
  await using house = await greeted('a=rtcp-mux')
  expect(house.caller.response('1 INVITE', 200)?.body.toString()).not.toContain('rtcp-mux')
  const said = await speak(house, { from: CALLER, port: PORT, ms: 600, ptimeMs: 20 })
  // One that comes there all the same is no sound.
  const report = Buffer.alloc(28)
  report.writeUInt32BE(0x80c80006, 0)
  report.writeUInt32BE(0xcafe, 4)
  house.rtp.inject({ address: CALLER, port: PORT }, { address: HOUSE, port: portOf(house) }, report)
  const more = await speak(house, { from: CALLER, port: PORT, ms: 600, ptimeMs: 20, at: 600 })
  await house.pass(6000)
  expect(recorded(house).equals(Buffer.concat([said, more]))).toBe(true)
  const reports = house.rtp.carried.filter(({ to, bytes }) => to.address === CALLER && bytes[1] === 200)
  expect(new Set(reports.map(({ to }) => to.port))).toEqual(new Set([PORT + 1]))
  await house.bye()
})
