import { expect } from 'vitest'
import { createLocalEngine } from '../../src/media/create-local-engine.ts'
import type { StartHandshakes } from '../../src/media/dtls/handshakes.ts'
import type { Flow, MediaEngine, MediaEvent, MediaSession } from '../../src/media/engine.ts'
import { emptyRtpPacket, parseRtp, type RtpPacket, writeRtpHeader } from '../../src/media/rtp/packet.ts'
import type { OpenRtpSocket } from '../../src/media/socket/rtp-socket.ts'
import { beep, synthesize } from '../../src/media/tones.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryRecorder, memoryRecorder } from './memory-recorder.ts'
import { type Carried, type MemoryRtp, memoryRtp } from './memory-rtp.ts'
import { seededRandom } from './seeded-random.ts'

/** Several parties with a session each, on one engine, one fake clock and a wire in memory. */
export interface MediaScene {
  readonly clock: FakeClock
  readonly wire: MemoryRtp
  readonly recorder: MemoryRecorder
  readonly engine: MediaEngine
  /** A party that calls from an address of its own, with a session whose flow is set. */
  party(flow?: Partial<Flow>, beside?: MediaParty): Promise<MediaParty>
  /** Closes whatever is open and checks that nothing is left. */
  end(): Promise<void>
}

export interface MediaParty {
  readonly session: MediaSession
  readonly events: MediaEvent[]
  readonly flow: Flow
  /** Sends one packet: 20 ms whose codes are all `number`, unless told otherwise. */
  say(number: number, options?: SaidPacket): void
  /** RTP that came from the session so far. */
  heard(): HeardPacket[]
  /** All that came from the session, RTP and RTCP, as it was on the wire. */
  wire(): readonly Carried[]
}

export interface SaidPacket {
  readonly ssrc?: number
  readonly payloadType?: number
  readonly payload?: Uint8Array
  readonly timestamp?: number
  readonly sequence?: number
  readonly marker?: boolean
}

export interface HeardPacket extends RtpPacket {
  readonly at: number
  readonly payload: Buffer
}

export const sceneFlow: Flow = {
  codec: 'PCMU',
  payloadType: 0,
  eventPayloadType: 101,
  ptimeMs: 20,
  send: true,
  receive: true,
}

/** Sockets that deliver what has come when they are polled, as those of Linux do. */
export const whenPolled =
  (openRtp: OpenRtpSocket): OpenRtpSocket =>
  async (address, port, onDatagram) => {
    const waiting: (() => void)[] = []
    const socket = await openRtp(address, port, (bytes, ...rest) => {
      // RTCP comes by itself.
      if (port % 2 === 1) return onDatagram(bytes, ...rest)
      waiting.push(() => onDatagram(bytes, ...rest))
    })
    return {
      ...socket,
      poll: (limit = waiting.length) => waiting.splice(0, limit).forEach((deliver) => void deliver()),
    }
  }

export async function mediaScene(
  options: {
    seed?: number
    polled?: boolean
    startHandshakes?: StartHandshakes
    ownAddresses?: readonly string[]
    /** Clips, which must be short, are encoded in wideband, too. */
    wideband?: boolean
  } = {},
): Promise<MediaScene> {
  const { seed = 1, polled = true, startHandshakes, ownAddresses = [], wideband = false } = options
  const clock = fakeClock()
  const wire = memoryRtp(clock)
  const recorder = memoryRecorder(clock)
  const engine = createLocalEngine({
    clock,
    random: seededRandom(seed),
    ports: { from: 10_000, to: 10_999 },
    openSocket: polled ? whenPolled(wire.open) : wire.open,
    recorder,
    ...(startHandshakes && { startHandshakes }),
    ownAddresses: () => ownAddresses,
    ...(wideband && { clipCodecs: { first: ['PCMU', 'PCMA', 'G722', 'opus'], afterwards: [] } as const }),
  })
  await engine.loadClip('beep', synthesize(beep), 8000)
  const open = new Set<MediaSession>()
  let parties = 0

  return {
    clock,
    wire,
    recorder,
    engine,
    async party(asked = {}, beside) {
      const ownSsrc = 71 + parties
      const own = { address: `192.0.2.${++parties}`, port: 4000 }
      const flow = { ...sceneFlow, remote: { ...own, rtcpPort: 4001 }, ...asked }
      const events: MediaEvent[] = []
      const session = await engine.openSession('192.0.2.200', (event) => events.push(event), {
        ...(beside && { beside: beside.session }),
        everywhere: flow.security !== undefined,
      })
      open.add(session)
      session.setFlow(flow)
      const sent = () =>
        wire.carried.filter(({ from, to }) => to.address === own.address && from.address === '192.0.2.200')
      return {
        session,
        events,
        flow,
        say(number, said = {}) {
          const { ssrc = ownSsrc, payloadType = flow.payloadType, marker = false } = said
          const { payload = Buffer.alloc(160, number), timestamp = number * 160, sequence = number } = said
          const bytes = Buffer.concat([Buffer.alloc(12), payload])
          writeRtpHeader(bytes, marker, payloadType, sequence & 0xffff, timestamp >>> 0, ssrc)
          wire.inject(own, session.local, bytes)
        },
        heard: () =>
          sent()
            .filter(({ from }) => from.port === session.local.port)
            .map(read),
        wire: sent,
      }
    },
    async end() {
      await engine.close()
      expect(wire.openSockets).toBe(0)
      expect(clock.pending).toBe(0)
    },
  }
}

function read({ at, bytes }: Carried): HeardPacket {
  const packet = emptyRtpPacket()
  parseRtp(bytes, bytes.length, packet)
  return { ...packet, at, payload: bytes.subarray(packet.payloadStart, packet.payloadEnd) }
}

/** Lets 20 ms pass with a packet of each of these parties in them, `count` times. */
export function talk(scene: MediaScene, parties: readonly MediaParty[], first: number, count: number): void {
  for (let number = first; number < first + count; number++) {
    scene.clock.advance(7)
    for (const party of parties) party.say(number)
    scene.clock.advance(13)
  }
}

/** A party presses a key by RFC 4733: a report each 20 ms from `number` on, and the end three times. */
export function press(
  scene: MediaScene,
  party: MediaParty,
  number: number,
  { code, durationMs }: { code: number; durationMs: number },
): void {
  let sequence = number
  const report = (units: number, end: boolean) => {
    const payload = Buffer.from([code, end ? 0x8a : 0x0a, units >> 8, units & 0xff])
    const marker = sequence === number
    party.say(number, { payload, payloadType: 101, sequence: sequence++, marker })
    scene.clock.advance(20)
  }
  for (let ms = 20; ms < durationMs; ms += 20) report(8 * ms, false)
  for (let copy = 0; copy < 3; copy++) report(8 * durationMs, true)
}
