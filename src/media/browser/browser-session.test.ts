import { afterEach, describe, expect, it } from 'vitest'
import { type MediaParty, type MediaScene, mediaScene, talk } from '../../../test/helpers/media-scene.ts'
import {
  browserSecurity,
  ScriptedBrowser,
  scriptedHandshakes,
  srtpKeys,
} from '../../../test/helpers/scripted-browser.ts'
import { readReport } from '../rtcp/read-report.ts'
import { writeReport } from '../rtcp/write-report.ts'
import { emptyRtpPacket, parseRtp, writeRtpHeader } from '../rtp/packet.ts'

const BESIDES = { security: browserSecurity }
let scene: MediaScene
afterEach(() => scene.end())

/** A session with a browser that has done nothing yet. */
async function join(flow: object = {}, beside?: MediaParty) {
  await scene.engine.browserFingerprint()
  const party = await scene.party({ ...BESIDES, ...flow }, beside)
  const browser = new ScriptedBrowser(
    scene.wire,
    { address: '198.51.100.9', port: 5000 },
    party.session.local,
  )
  return { party, browser }
}

function packet(number: number): Buffer {
  const bytes = Buffer.alloc(172, number)
  writeRtpHeader(bytes, false, 0, number, 160 * number, 77)
  return bytes
}

const payloads = (packets: readonly Buffer[]) => packets.map((bytes) => bytes[12])

describe('a session with a browser', () => {
  it('RFC 5764 §5.1: is silent until the way is chosen and the handshake done, and says when', async () => {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const { party, browser } = await join()
    expect(handshakes.log).toEqual(['begin 1 90:9B'])
    scene.clock.advance(200)
    expect(scene.wire.carried).toEqual([])
    browser.check()
    scene.clock.advance(20)
    expect(browser.came()).toHaveLength(1)
    handshakes.events.send(1, Buffer.from('\x16 server hello'))
    expect(browser.came().at(-1)?.bytes.toString()).toBe('\x16 server hello')
    browser.inject(Buffer.from('\x16 client'))
    scene.clock.advance(20)
    expect(handshakes.log.at(-1)).toBe('1 \x16 client')
    expect(party.events).toEqual([])
    expect(browser.came()).toHaveLength(2)

    handshakes.events.keys(1, srtpKeys)
    expect(party.events).toEqual([{ kind: 'connected' }])
    scene.clock.advance(100)
    const { rtp } = browser.opened()
    expect(rtp).toHaveLength(5)
    const first = emptyRtpPacket()
    parseRtp(rtp[0] as Buffer, 172, first)
    expect(first).toMatchObject({ marker: true, payloadType: 0, payloadStart: 12, payloadEnd: 172 })
    expect(payloads(rtp)).toEqual([0xff, 0xff, 0xff, 0xff, 0xff])
    // The marker and the first sequence number: not one packet was thrown away before.
    expect((await party.session.close()).packetsSent).toBe(5)
    expect(handshakes.log.at(-1)).toBe('end 1')
  })

  it('RFC 5764 §5.1.2: records that have no way yet wait for one', async () => {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const { browser } = await join()
    handshakes.events.send(1, Buffer.from('\x16 early'))
    browser.check({ nominate: false })
    scene.clock.advance(20)
    expect(browser.came()).toHaveLength(1)
    browser.check()
    scene.clock.advance(20)
    expect(browser.came().map(({ bytes }) => bytes.toString('latin1'))).toContain('\x16 early')
  })

  it('RFC 7983 §7: what is neither STUN, DTLS from a known place nor RTP goes nowhere', async () => {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const { party, browser } = await join()
    browser.inject(Buffer.from('\x16 from a stranger'))
    for (const first of [5, 15, 16, 19, 64, 79, 127, 200, 255]) browser.inject(Buffer.alloc(40, first))
    browser.inject(Buffer.alloc(0))
    browser.inject(packet(1))
    scene.clock.advance(40)
    expect(handshakes.log).toEqual(['begin 1 90:9B'])
    expect(scene.wire.carried.filter(({ from }) => from.port === party.session.local.port)).toEqual([])
    expect(await party.session.close()).toMatchObject({ packetsReceived: 0 })
  })

  /** A scene with a connected browser beside a caller over plain RTP. */
  async function connected(flow: object = {}) {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const caller = await scene.party()
    const { party, browser } = await join(flow, caller)
    browser.check()
    scene.clock.advance(20)
    handshakes.events.keys(2, srtpKeys)
    browser.opened()
    return { handshakes, caller, party, browser }
  }

  it('RFC 3711: is heard by others, and hears them, as any other', async () => {
    const { caller, party, browser } = await connected()
    party.session.hear(caller.session, { pace: 'as-it-comes' })
    caller.session.hear(party.session, { pace: 'evened-out' })
    for (let number = 1; number <= 20; number++) {
      scene.clock.advance(7)
      caller.say(number)
      browser.sendRtp(packet(100 + number))
      scene.clock.advance(13)
    }
    scene.clock.advance(100)
    const heard = payloads(browser.opened().rtp)
    expect(heard).toEqual(expect.arrayContaining([1, 2, 3, 10, 20]))
    const callers = new Set(caller.heard().map(({ payload }) => payload[0]))
    expect([...callers]).toEqual(expect.arrayContaining([101, 110, 120]))
    const stats = await party.session.close()
    expect(stats).toMatchObject({ packetsReceived: 20, packetsLost: 0, packetsIgnored: 0 })
  })

  it('RFC 3711 §3.3.2: what was sent before, or was changed on the way, is not heard again', async () => {
    const { party, browser } = await connected()
    const secured = browser.sendRtp(packet(1))
    browser.inject(secured)
    const changed = Buffer.from(browser.sendRtp(packet(2)))
    changed[20] = (changed[20] ?? 0) ^ 1
    browser.inject(changed)
    scene.clock.advance(20)
    expect(await party.session.close()).toMatchObject({ packetsReceived: 2, packetsIgnored: 0 })
  })

  it('listens only, too: nothing of it is needed but its checks (RFC 3264 §6.1)', async () => {
    const { caller, party, browser } = await connected({ receive: false })
    party.session.hear(caller.session, { pace: 'as-it-comes' })
    talk(scene, [caller], 1, 5)
    expect(payloads(browser.opened().rtp)).toEqual(expect.arrayContaining([1, 2, 3, 4]))
  })

  it('RFC 5761 §4: reports go both ways on the one port, secured', async () => {
    const { browser } = await connected()
    browser.sendRtp(packet(1))
    browser.sendRtcp(
      writeReport({
        ssrc: 77,
        cname: 'x',
        bye: false,
        sender: { wallAt: 0, timestamp: 0, packets: 1, bytes: 160 },
      }),
    )
    scene.clock.advance(8000)
    const [report] = browser.opened().rtcp
    expect(report && readReport(report, report.length)).toMatchObject({ bye: false })
    // The block says that our report was heard: LSR is not 0.
    expect(report?.readUInt32BE(8 + 20 + 16)).not.toBe(0)
    expect(scene.wire.carried.some(({ from }) => from.port % 2 === 1 && from.address === '192.0.2.200')).toBe(
      true,
    )
  })

  it('RFC 8445 §8.1.1: is followed where it goes', async () => {
    const { browser, party } = await connected()
    const elsewhere = { address: '203.0.113.5', port: 6000 }
    browser.sendRtp(packet(1))
    browser.check({}, elsewhere)
    scene.clock.advance(20)
    const before = browser.came().length
    browser.sendRtp(packet(2), elsewhere)
    scene.clock.advance(60)
    expect(browser.came()).toHaveLength(before)
    expect(browser.came(elsewhere).length).toBeGreaterThan(2)
    expect(await party.session.close()).toMatchObject({ packetsReceived: 2, packetsIgnored: 0 })
  })

  it('RFC 8445 §7.3: is answered, heard and spoken to at the address of ours that it has chosen', async () => {
    const handshakes = scriptedHandshakes()
    const ownAddresses = ['192.0.2.200', '198.51.100.1', '2001:db8::2']
    scene = await mediaScene({ startHandshakes: handshakes.start, ownAddresses })
    const { party, browser } = await join()
    expect(party.session.alsoAt).toEqual(['198.51.100.1', '2001:db8::2'])
    const { port } = party.session.local
    const other = new ScriptedBrowser(scene.wire, browser.at, { address: '198.51.100.1', port })
    const from = () => new Set(browser.came().map((carried) => carried.from.address))
    browser.check({ nominate: false })
    other.check()
    scene.clock.advance(20)
    expect(from(), 'each check is answered from where it came to').toEqual(
      new Set(['192.0.2.200', '198.51.100.1']),
    )
    handshakes.events.keys(1, srtpKeys)
    const before = browser.came().length
    other.sendRtp(packet(1))
    scene.clock.advance(100)
    const sent = browser.came().slice(before)
    expect(sent.length).toBeGreaterThan(3)
    expect(new Set(sent.map((carried) => carried.from.address))).toEqual(new Set(['198.51.100.1']))
    browser.check()
    scene.clock.advance(20)
    expect(browser.came().at(-1)?.from, 'it chooses anew').toEqual({ address: '192.0.2.200', port })
    expect(await party.session.close()).toMatchObject({ packetsReceived: 1, packetsIgnored: 0 })
    expect(scene.wire.openSockets).toBe(0)
  })

  it('RFC 7675 §5.1: that says nothing for 30 s is lost, and sent to no more', async () => {
    const { party, browser } = await connected({ receive: false })
    scene.clock.advance(29_900)
    expect(party.events).toEqual([{ kind: 'connected' }])
    scene.clock.advance(200)
    expect(party.events).toEqual([{ kind: 'connected' }, { kind: 'rtp-lost' }])
    const before = browser.came().length
    scene.clock.advance(10_000)
    expect(browser.came()).toHaveLength(before)
    expect(party.events).toHaveLength(2)
  })

  it('RFC 7675 §5.1: that never comes is lost as well', async () => {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const { party } = await join({ receive: false })
    scene.clock.advance(30_100)
    expect(party.events).toEqual([{ kind: 'rtp-lost' }])
  })

  it.each<[string, (browser: ScriptedBrowser) => void]>([
    ['a check', (browser) => browser.check()],
    ['RTP', (browser) => browser.sendRtp(packet(9))],
    ['RTCP', (browser) => browser.sendRtcp(writeReport({ ssrc: 77, cname: 'x', bye: false }))],
  ])('in doubt is lost 8 s after its last sign: %s', async (_what, sign) => {
    const { party, browser } = await connected({ receive: false })
    scene.clock.advance(15_000)
    browser.check()
    scene.clock.advance(20)
    party.session.doubt()
    scene.clock.advance(7900)
    sign(browser)
    scene.clock.advance(7900)
    browser.check({ password: 'guessed' })
    browser.inject(packet(10))
    expect(party.events).toEqual([{ kind: 'connected' }])
    scene.clock.advance(300)
    expect(party.events).toEqual([{ kind: 'connected' }, { kind: 'rtp-lost' }])
  })

  it('RFC 5763 §5: whose handshake ended is lost', async () => {
    const { handshakes, party } = await connected()
    handshakes.events.ended(2, 'closed by the other side')
    expect(party.events).toEqual([{ kind: 'connected' }, { kind: 'rtp-lost' }])
    handshakes.events.ended(99, 'of nobody')
  })

  it('on hold is silent and goes on afterwards', async () => {
    const { party, browser } = await connected()
    party.session.setFlow({ ...party.flow, send: false })
    scene.clock.advance(100)
    expect(browser.opened().rtp).toEqual([])
    party.session.setFlow(party.flow)
    scene.clock.advance(100)
    expect(browser.opened().rtp).toHaveLength(5)
  })
})

it('the one-way glass: a browser that listens and talks changes no byte or moment of what a caller gets', async () => {
  const run = async (withBrowser: boolean) => {
    const handshakes = scriptedHandshakes()
    scene = await mediaScene({ startHandshakes: handshakes.start })
    const caller = await scene.party()
    if (withBrowser) {
      const { party, browser } = await join({}, caller)
      party.session.hear(caller.session, { pace: 'as-it-comes' })
      browser.check()
      scene.clock.advance(20)
      handshakes.events.keys(2, srtpKeys)
    } else scene.clock.advance(20)
    talk(scene, [caller], 1, 500)
    const wire = caller.wire().map(({ at, bytes }) => `${at} ${bytes.toString('hex')}`)
    await scene.end()
    return wire
  }
  const alone = await run(false)
  expect(alone.length).toBeGreaterThan(500)
  expect(await run(true)).toEqual(alone)
})

it('handshakes whose thread died are started anew for the next browser', async () => {
  const handshakes = scriptedHandshakes()
  scene = await mediaScene({ startHandshakes: handshakes.start })
  expect(await scene.engine.browserFingerprint()).toMatchObject({ value: '01' })
  expect(await scene.engine.browserFingerprint()).toMatchObject({ value: '01' })
  handshakes.events.died()
  expect(await scene.engine.browserFingerprint()).toMatchObject({ value: '02' })
  expect(handshakes.starts).toBe(2)
})
