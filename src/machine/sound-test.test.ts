import { expect, it } from 'vitest'
import {
  CALLER,
  HOUSE,
  HOUSE_IPV6,
  type InMemoryHouse,
  openHouse,
} from '../../test/helpers/in-memory-house.ts'
import { mediaIn } from '../../test/helpers/sip-text.ts'
import type { RtpSocket } from '../media/socket/rtp-socket.ts'
import type { SipRequest } from '../sip/message/message.ts'

const LINE = { callBack: `sip:${CALLER}:5060`, number: '+49301234567', ringSeconds: 18 }
const FAR_RTP = 31_000

const describe = (port: number) =>
  `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\n`

/** The INVITE that the machine has sent out, once it has. */
async function called(house: InMemoryHouse): Promise<SipRequest> {
  await house.pass(10)
  const invite = house.caller.requests('INVITE').at(-1)
  if (!invite) throw new Error('nobody was called')
  return invite
}

function respond(house: InMemoryHouse, request: SipRequest, status: number, body = ''): void {
  const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${request.headers.first(name)}`)
  const to = request.headers.first('To') ?? ''
  house.caller.send(
    [
      `SIP/2.0 ${status} X`,
      ...copied,
      `To: ${/;tag=/.test(to) ? to : `${to};tag=far`}`,
      `Contact: <sip:${CALLER}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      '',
      body,
    ].join('\n'),
  )
}

/** Answers with a far end that hears, and does what the test says with each packet. */
async function answer(
  house: InMemoryHouse,
  onPacket: (packet: Buffer, back: (packet: Buffer) => void) => void,
) {
  const invite = await called(house)
  const there = mediaIn(invite.body.toString())
  const socket: RtpSocket = house.rtp.openNow(CALLER, FAR_RTP, (bytes, length) =>
    onPacket(Buffer.from(bytes.subarray(0, length)), (packet) => {
      // Who answers has a stream of his own.
      packet.writeUInt32BE(0xecc0, 8)
      socket.send(packet, packet.length, { address: there?.host ?? '', port: there?.port ?? 0 })
    }),
  )
  respond(house, invite, 200, describe(FAR_RTP))
  return invite
}

const start = (house: InMemoryHouse, number = '4443') => house.machine.testSound('line', number)

it('knows its own sound when it comes back, and how long that took', async () => {
  await using house = await openHouse({ line: LINE })
  const testing = start(house)
  const invite = await answer(house, (packet, back) => void house.clock.setTimer(260, () => back(packet)))
  expect(invite.uri).toBe(`sip:4443@${CALLER}:5060`)
  await house.pass(14_000)
  const result = await testing
  expect(result).toMatchObject({ kind: 'heard', told: HOUSE, packetsLost: 0, heard: { kind: 'echo' } })
  const delay = result?.kind === 'heard' && result.heard.kind === 'echo' ? result.heard.delayMs : 0
  expect(delay).toBeGreaterThan(200)
  expect(delay).toBeLessThan(400)
  expect(house.caller.requests('BYE')).not.toEqual([])
  // It is no call of anybody's.
  expect(house.machine.liveCalls()).toEqual([])
  expect(house.rows.size).toBe(0)
})

it('waits until an announcement is over', async () => {
  await using house = await openHouse({ line: LINE })
  const testing = start(house)
  const since = house.clock.monotonic()
  await answer(house, (packet, back) => {
    if (house.clock.monotonic() - since < 9000) packet.fill(0x20 + (packet[3] ?? 0) / 8, 12)
    back(packet)
  })
  await house.pass(24_000)
  expect(await testing).toMatchObject({ heard: { kind: 'echo' } })
})

it.each([
  ['nothing at all', () => {}, { heard: { kind: 'silence' }, packetsReceived: 0 }],
  [
    'silence',
    (packet: Buffer, back: (packet: Buffer) => void) => back(packet.fill(0xff, 12)),
    { heard: { kind: 'silence' } },
  ],
  [
    'other sound',
    (packet: Buffer, back: (packet: Buffer) => void) => back(packet.fill(0x20, 12)),
    { heard: { kind: 'foreign' } },
  ],
])('tells %s', async (_what, onPacket, result) => {
  await using house = await openHouse({ line: LINE })
  const testing = start(house)
  await answer(house, onPacket)
  await house.pass(40_000)
  expect(await testing).toMatchObject(result)
})

it('tells who refuses and who does not answer, and calls one at a time', async () => {
  await using house = await openHouse({ line: LINE })
  const refused = start(house)
  respond(house, await called(house), 403)
  await house.pass(10)
  expect(await refused).toEqual({ kind: 'refused', status: 403 })

  const unanswered = start(house)
  respond(house, await called(house), 180)
  expect(await start(house)).toEqual({ kind: 'busy' })
  await house.pass(25_100)
  expect(await unanswered).toEqual({ kind: 'unanswered' })
  expect(house.caller.requests('CANCEL')).toHaveLength(1)
  // A provider need not say that it has heard of the CANCEL.
  await house.pass(70_000)
  expect(await house.machine.testSound('elsewhere', '1')).toBeUndefined()
})

it('is told to the other side at the address from which SIP goes there, of all that this machine has', async () => {
  const there = '2001:db8:fa::9'
  await using house = await openHouse({
    line: { ...LINE, callBack: `sip:[${there}]:5060` },
    alsoAt: [HOUSE_IPV6],
  })
  const heard: string[] = []
  house.network.udp(there, 5060, {
    onMessage: (bytes) => void heard.push(bytes.toString()),
    onBroken() {},
    onSendFailed() {},
  })
  void start(house)
  await house.pass(10)
  expect(mediaIn(heard[0] ?? '')).toMatchObject({ host: HOUSE_IPV6 })
})

it('has no way out where the line has none', async () => {
  await using house = await openHouse({})
  expect(await start(house)).toEqual({ kind: 'no-way' })
})

it('hears itself by its own number, which it answers by an echo; and no other call is answered so', async () => {
  await using house = await openHouse({ line: LINE })
  const testing = start(house, '0301234567')
  // The provider puts it through to whose number it is: to the house. What it gets on one side goes out on the other.
  let toHouse = (_packet: Buffer) => {}
  let back = (_packet: Buffer) => {}
  await answer(house, (packet, reply) => {
    back = reply
    toHouse(packet)
  })
  const second = house.rtp.openNow(CALLER, FAR_RTP + 2, (bytes, length) =>
    back(Buffer.from(bytes.subarray(0, length))),
  )
  const put = async (from: string, tag: string) => {
    house.caller.send(
      [
        `INVITE sip:home@${HOUSE} SIP/2.0`,
        `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bK${tag}`,
        `From: <sip:${from}@${CALLER}>;tag=${tag}`,
        `To: <sip:home@${HOUSE}>`,
        `Call-ID: ${tag}`,
        `CSeq: 7 INVITE`,
        `Contact: <sip:${CALLER}>`,
        'Max-Forwards: 70',
        'Content-Type: application/sdp',
        '',
        describe(FAR_RTP + 2),
      ].join('\n'),
    )
    await house.pass(20)
    return house.caller.heard.findLast(
      (message) => message.kind === 'response' && message.headers.first('Call-ID') === tag,
    )
  }
  const ours = await put('+49301234567', 'ours')
  expect(ours).toMatchObject({ status: 200 })
  house.caller.send(
    [
      `ACK sip:home@${HOUSE} SIP/2.0`,
      `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bKack`,
      `From: <sip:+49301234567@${CALLER}>;tag=ours`,
      `To: ${ours?.headers.first('To')}`,
      'Call-ID: ours',
      'CSeq: 7 ACK',
      'Max-Forwards: 70',
      '',
      '',
    ].join('\n'),
  )
  const there = mediaIn(ours?.body.toString() ?? '')
  toHouse = (packet) =>
    second.send(packet, packet.length, { address: there?.host ?? '', port: there?.port ?? 0 })
  expect(await put('+49309999999', 'theirs')).toMatchObject({ status: 180 })
  await house.pass(15_000)
  expect(await testing).toMatchObject({ heard: { kind: 'echo' } })
})
