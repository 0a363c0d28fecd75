import { createLocalEngine } from '../../../src/media/create-local-engine.ts'
import type { Flow, MediaEvent, MediaSession } from '../../../src/media/engine.ts'
import type { Journal } from '../../../src/media/recorder/journal/journal.ts'
import type { Track } from '../../../src/media/recorder/journal/track.ts'
import { LiveTake } from '../../../src/media/recorder/live-take.ts'
import type { Endpoint } from '../../../src/media/rtp/latch.ts'
import { MAX_DATAGRAM_BYTES } from '../../../src/media/socket/rtp-socket.ts'
import { MAX_OVERHEAD, Protector } from '../../../src/media/srtp/protector.ts'
import { fakeClock } from '../../helpers/fake-clock.ts'
import { memoryRecorder } from '../../helpers/memory-recorder.ts'
import { memoryRtp } from '../../helpers/memory-rtp.ts'
import {
  browserSecurity,
  makeCheck,
  ScriptedBrowser,
  scriptedHandshakes,
  srtpKeys,
} from '../../helpers/scripted-browser.ts'
import { seededRandom } from '../../helpers/seeded-random.ts'
import { holds, type Target } from '../target.ts'

const CALLER: Endpoint = { address: '192.0.2.1', port: 4000 }
const STRANGER: Endpoint = { address: '198.51.100.9', port: 9 }
const HOUSE = '192.0.2.200'
const PACKET_MS = 20
/** One batch's time. */
const CHECK_MS = 400

const plain: Flow = {
  codec: 'PCMU',
  payloadType: 0,
  eventPayloadType: 101,
  ptimeMs: PACKET_MS,
  send: true,
  receive: true,
}

/**
 * A caller, a phone with encryption that listens, and a browser that talks, each under fire from its own address and from
 * a stranger's (RFC 3550, RFC 3711, RFC 5764, RFC 8445): the caller's stream goes on without a gap.
 */
export const media: Target = {
  name: 'media',
  shape: 'bytes',
  seeds: [
    rtp(0, Buffer.alloc(160, 0x55)),
    rtp(0x80, Buffer.from([5, 0x8a, 3, 0x20]), 101),
    Buffer.from(`90000001000000a0000000470bede0001${'01020304'.repeat(20)}0`, 'hex'),
    Buffer.from(`80c90001000000478${'1ca'}0001${'00000047'}`, 'hex'),
    Buffer.from(`81c8000c00000047${'e5'.repeat(20)}${'00000047'}${'00'.repeat(20)}`, 'hex'),
    makeCheck(),
    Buffer.from('16fefd0000000000000000002a', 'hex'),
  ],
  open,
}

function rtp(flags: number, payload: Buffer, payloadType = 0): Buffer {
  const head = Buffer.from('800000010000009f00000047', 'hex')
  head[1] = flags | payloadType
  return Buffer.concat([head, payload])
}

/** Takes it all, and keeps nothing. */
const journal = {
  full: false,
  largestStart: 4096,
  hasRoom: () => true,
  startTrack: () => ({ storedMark: 0 }) as Track,
  append() {},
  end: async () => {},
  forget() {},
} as unknown as Journal

async function open() {
  const clock = fakeClock()
  const wire = memoryRtp(clock)
  const handshakes = scriptedHandshakes()
  const engine = createLocalEngine({
    clock,
    random: seededRandom(3),
    ports: { from: 10_000, to: 10_099 },
    openSocket: wire.open,
    recorder: {
      ...memoryRecorder(clock),
      startTake: (take, codec, onEvent) =>
        new LiveTake({ take, codec, clock, journal, onEvent, onEnded() {} }),
    },
    startHandshakes: handshakes.start,
  })
  await engine.browserFingerprint()
  const events: MediaEvent[] = []
  const session = async (flow: Flow): Promise<MediaSession> => {
    const opened = await engine.openSession(HOUSE, (event) => events.push(event))
    opened.setFlow(flow)
    return opened
  }
  const caller = await session({ ...plain, remote: { ...CALLER, rtcpPort: 4001 } })
  const phone = await session({
    ...plain,
    remote: { address: '192.0.2.2', port: 4000, rtcpPort: 4001 },
    security: { kind: 'sdes', send: srtpKeys.send, receive: srtpKeys.receive },
  })
  const browser = await session({ ...plain, security: browserSecurity })
  const tab = new ScriptedBrowser(wire, { address: '192.0.2.3', port: 5000 }, browser.local)
  wire.inject(tab.at, browser.local, makeCheck())
  handshakes.events.keys(1, srtpKeys)
  phone.hear(caller, { pace: 'as-it-comes' })
  caller.hear(browser, { pace: 'evened-out' })
  caller.startTake({ takeId: 'take', meta: {}, both: true })

  let sequence = 0
  let looked = 0
  let streamed: number | undefined
  const seal = new Protector(srtpKeys.receive)
  const sealed = Buffer.alloc(MAX_DATAGRAM_BYTES + MAX_OVERHEAD)
  const rtcpOf = ({ address, port }: Endpoint): Endpoint => ({ address, port: port + 1 })
  const damaged = (input: Buffer) => {
    // Its sequence numbers go up, or what is sealed would be taken for a repetition.
    const inOrder = Buffer.from(input)
    if (inOrder.length >= 12) inOrder.writeUInt16BE(++sequence & 0xffff, 2)
    return inOrder
  }
  return {
    take(whole: Buffer) {
      // As a socket cuts it.
      const input = whole.subarray(0, MAX_DATAGRAM_BYTES)
      for (const { local } of [caller, phone, browser]) {
        for (const from of [CALLER, { address: '192.0.2.2', port: 4000 }, tab.at, STRANGER]) {
          wire.inject(from, local, input)
          wire.inject(rtcpOf(from), rtcpOf(local), input)
        }
      }
      if (input.length < 12) return
      const packet = damaged(input)
      const secured = sealed.subarray(0, seal.rtp(packet, packet.length, sealed))
      wire.inject({ address: '192.0.2.2', port: 4000 }, phone.local, Buffer.from(secured))
      wire.inject(tab.at, browser.local, Buffer.from(secured))
      const report = sealed.subarray(0, seal.rtcp(input, input.length, sealed))
      wire.inject(rtcpOf({ address: '192.0.2.2', port: 4000 }), rtcpOf(phone.local), Buffer.from(report))
      wire.inject(tab.at, browser.local, Buffer.from(report))
    },
    async check() {
      await clock.advanceAsync(CHECK_MS)
      const toCaller = wire.carried.slice(looked).filter(({ from, bytes }) => {
        return from.address === HOUSE && from.port === caller.local.port && bytes.length >= 12
      })
      looked = wire.carried.length
      holds(
        toCaller.length === CHECK_MS / PACKET_MS,
        `${toCaller.length} packets to the caller in ${CHECK_MS} ms`,
      )
      for (const { bytes } of toCaller) {
        const number = bytes.readUInt16BE(2)
        holds(
          streamed === undefined || number === ((streamed + 1) & 0xffff),
          'a gap in what the caller hears',
        )
        streamed = number
      }
      holds(events.length < 10_000, 'events without end')
    },
    async close() {
      await engine.close()
      holds(wire.openSockets === 0, 'a socket is left')
      holds(clock.pending === 0, 'a timer is left')
    },
  }
}
