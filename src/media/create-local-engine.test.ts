import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/helpers/fake-clock.ts'
import { type MemoryRecorder, memoryRecorder } from '../../test/helpers/memory-recorder.ts'
import { type Carried, type MemoryRtp, memoryRtp } from '../../test/helpers/memory-rtp.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { createLocalEngine } from './create-local-engine.ts'
import type { Flow, MediaEngine, MediaEvent, MediaSession } from './engine.ts'
import { writeReport } from './rtcp/write-report.ts'
import { writeRtpHeader } from './rtp/packet.ts'
import type { OpenRtpSocket } from './socket/rtp-socket.ts'
import { beep, synthesize } from './tones.ts'

const caller = { address: '192.0.2.1', port: 4000 }
const flow: Flow = {
  codec: 'PCMU',
  payloadType: 0,
  eventPayloadType: 101,
  remote: { ...caller, rtcpPort: 4001 },
  ptimeMs: 20,
  send: true,
  receive: true,
}

interface Scene {
  readonly clock: FakeClock
  readonly wire: MemoryRtp
  readonly recorder: MemoryRecorder
  readonly engine: MediaEngine
  readonly session: MediaSession
  readonly events: MediaEvent[]
  /** RTP that the session sent. */
  sent(): Carried[]
  /** Says one packet of µ-law (or of `payloadType`) to the session. */
  say(
    sequence: number,
    options?: { from?: typeof caller; ssrc?: number; payloadType?: number; payload?: Buffer },
  ): void
}

/** Sockets that deliver what has come when they are asked, as those of Linux do. */
const whenPolled =
  (openRtp: OpenRtpSocket): OpenRtpSocket =>
  async (address, port, onDatagram) => {
    const waiting: (() => void)[] = []
    const socket = await openRtp(address, port, (...datagram) => waiting.push(() => onDatagram(...datagram)))
    return { ...socket, poll: () => waiting.splice(0).forEach((deliver) => void deliver()) }
  }

async function open(seed = 1, asSockets = (openRtp: OpenRtpSocket) => openRtp): Promise<Scene> {
  const clock = fakeClock()
  const wire = memoryRtp(clock)
  const recorder = memoryRecorder(clock)
  const ports = { from: 10_000, to: 10_099 }
  const engine = createLocalEngine({
    clock,
    random: seededRandom(seed),
    ports,
    openSocket: asSockets(wire.open),
    recorder,
  })
  await engine.loadClip('beep', synthesize(beep), 8000)
  const events: MediaEvent[] = []
  const session = await engine.openSession('192.0.2.200', (event) => events.push(event))
  return {
    clock,
    wire,
    recorder,
    engine,
    session,
    events,
    sent: () =>
      wire.carried.filter(
        ({ from, to }) => from.port === session.local.port && to.port !== session.local.port,
      ),
    say(sequence, { from = caller, ssrc = 7, payloadType = 0, payload = Buffer.alloc(160, sequence) } = {}) {
      const bytes = Buffer.concat([Buffer.alloc(12), payload])
      writeRtpHeader(bytes, false, payloadType, sequence & 0xffff, (sequence * 160) >>> 0, ssrc)
      wire.inject(from, session.local, bytes)
    },
  }
}

async function end({ session, engine, wire, clock }: Scene) {
  const stats = await session.close()
  await engine.close()
  expect(wire.openSockets).toBe(0)
  expect(clock.pending).toBe(0)
  return stats
}

describe('a session’s outbound stream', () => {
  it('RFC 3550 §5.1: is one SSRC, gapless, on the clock, over any plays and changes of the flow', async () => {
    const act = fc.record({
      kind: fc.constantFrom('play', 'stop', 'codec', 'hold', 'resume', 'move'),
      afterMs: fc.nat(300),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const scene = await open()
        const { clock, session } = scene
        clock.advance(3)
        let now = flow
        session.setFlow(now)
        for (const { kind, afterMs } of acts) {
          clock.advance(afterMs)
          if (kind === 'play') session.play('beep', 'mark')
          if (kind === 'stop') session.stopPlaying()
          if (kind === 'codec') now = { ...now, codec: 'PCMA', payloadType: 8 }
          if (kind === 'hold') now = { ...now, send: false }
          if (kind === 'resume') now = { ...now, send: true }
          if (kind === 'move') now = { ...now, remote: { ...caller, port: 4100, rtcpPort: 4101 } }
          session.setFlow(now)
        }
        clock.advance(100)
        const sent = scene.sent()
        const [first] = sent
        for (const [i, { at, bytes }] of sent.entries()) {
          expect(bytes.readUInt32BE(8)).toBe(first?.bytes.readUInt32BE(8))
          expect(bytes.readUInt16BE(2)).toBe(((first?.bytes.readUInt16BE(2) ?? 0) + i) & 0xffff)
          const ticks = (bytes.readUInt32BE(4) - (first?.bytes.readUInt32BE(4) ?? 0)) >>> 0
          expect(at - (first?.at ?? 0)).toBe(ticks / 8)
          const interrupted = i === 0 || at - (sent[i - 1]?.at ?? 0) > 20
          expect(bytes.readUInt8(1) >> 7).toBe(interrupted ? 1 : 0)
          expect(bytes.length).toBe(172)
        }
        await end(scene)
      }),
      { numRuns: 40 },
    )
  })

  it('plays a clip between silence, and says so at its end', async () => {
    const scene = await open()
    const { clock, session, events } = scene
    session.setFlow(flow)
    clock.advance(50)
    session.play('beep', 'beeped')
    clock.advance(1000)
    const loud = scene.sent().map(({ bytes }) => bytes.subarray(12).some((byte) => byte !== 0xff))
    expect(loud.filter(Boolean).length).toBe(15)
    expect(loud.lastIndexOf(true) - loud.indexOf(true)).toBe(14)
    expect(events).toEqual([{ kind: 'played', mark: 'beeped' }])
    await end(scene)
  })

  it('is the same byte for byte, RTP and RTCP, for the same seed and call', async () => {
    const run = async (seed: number) => {
      const scene = await open(seed)
      scene.session.setFlow(flow)
      for (let i = 0; i < 500; i++) {
        scene.say(i)
        scene.clock.advance(20)
      }
      await end(scene)
      return scene.wire.carried.filter(({ to }) => to.address === caller.address)
    }
    const [a, b, other] = [await run(5), await run(5), await run(6)]
    expect(a).toEqual(b)
    expect(a).not.toEqual(other)
    expect(a.filter(({ to }) => to.port === 4001).length).toBeGreaterThanOrEqual(3)
  })

  it('RFC 3264 §8.4: sends nothing while it knows nowhere to send, then to where packets come from', async () => {
    const scene = await open()
    scene.session.setFlow({ ...flow, remote: { address: '0.0.0.0', port: 0, rtcpPort: 0 } })
    scene.clock.advance(100)
    expect(scene.wire.carried).toEqual([])
    scene.say(1)
    scene.clock.advance(100)
    expect(scene.sent().map(({ to }) => to)).toEqual(Array(5).fill(caller))
    await end(scene)
  })
})

describe('a session’s inbound stream', () => {
  it('records what comes, as it comes, and counts it', async () => {
    const scene = await open()
    const { session, recorder, events } = scene
    session.setFlow(flow)
    session.startTake({ takeId: 't', meta: {} })
    for (const sequence of [1, 2, 4, 3]) scene.say(sequence)
    session.stopTake()
    scene.say(5)
    expect(recorder.kept.get('t')?.map(({ sequence, payload }) => [sequence, payload[0]])).toEqual([
      [1, 1],
      [2, 2],
      [4, 4],
      [3, 3],
    ])
    expect(events.map(({ kind }) => kind)).toEqual(['take-started', 'take-ended'])
    expect(await end(scene)).toMatchObject({ packetsReceived: 5, packetsLost: 0, packetsIgnored: 0 })
  })

  it('records what has come before the take is stopped, though nobody has looked yet', async () => {
    const scene = await open(1, whenPolled)
    scene.session.setFlow(flow)
    scene.session.startTake({ takeId: 't', meta: {} })
    scene.say(1)
    scene.session.stopTake()
    expect(scene.recorder.kept.get('t')?.map(({ sequence }) => sequence)).toEqual([1])
    await end(scene)
  })

  it('keeps a take in the codec it began with', async () => {
    const scene = await open()
    scene.session.setFlow(flow)
    scene.session.startTake({ takeId: 't', meta: {} })
    scene.session.setFlow({ ...flow, codec: 'PCMA', payloadType: 8 })
    scene.say(1, { payloadType: 8, payload: Buffer.alloc(160, 0xd5) })
    expect(scene.recorder.kept.get('t')?.[0]?.payload).toEqual(Buffer.alloc(160, 0xfe))
    await end(scene)
  })

  it('ignores and counts an injector, and what was not negotiated', async () => {
    const scene = await open()
    scene.session.setFlow(flow)
    scene.session.startTake({ takeId: 't', meta: {} })
    scene.say(1)
    scene.say(2, { from: { address: '203.0.113.66', port: 666 }, ssrc: 66 })
    scene.say(3, { payloadType: 34 })
    scene.say(4, { payload: Buffer.alloc(1200) })
    scene.wire.inject(caller, scene.session.local, Buffer.from('not RTP'))
    expect(scene.recorder.kept.get('t')?.length).toBe(1)
    expect(await end(scene)).toMatchObject({ packetsReceived: 1, packetsIgnored: 4 })
  })

  it('RFC 4733: says a digit once, and does not record it', async () => {
    const scene = await open()
    scene.session.setFlow(flow)
    scene.session.startTake({ takeId: 't', meta: {} })
    for (const payload of ['0b0a00a0', '0b0a0140', '0b8a01e0', '0b8a01e0', '0b8a01e0']) {
      const bytes = Buffer.concat([Buffer.alloc(12), Buffer.from(payload, 'hex')])
      writeRtpHeader(bytes, false, 101, scene.wire.carried.length, 8000, 7)
      scene.wire.inject(caller, scene.session.local, bytes)
    }
    expect(scene.events).toEqual([{ kind: 'digit', digit: '#', durationMs: 60 }])
    expect(scene.recorder.kept.get('t')).toEqual([])
    await end(scene)
  })

  it('says once that nothing comes, again only after something came, and never while held', async () => {
    const scene = await open()
    const { clock, session, events } = scene
    session.setFlow(flow)
    clock.advance(70_000)
    expect(events).toEqual([{ kind: 'rtp-lost' }])
    scene.say(1)
    clock.advance(29_000)
    expect(events.length).toBe(1)
    clock.advance(2000)
    expect(events.length).toBe(2)
    scene.say(2)
    session.setFlow({ ...flow, receive: false })
    clock.advance(70_000)
    expect(events.length).toBe(2)
    session.setFlow(flow)
    clock.advance(29_000)
    expect(events.length).toBe(2)
    await end(scene)
  })

  it('RFC 3550 §6: hears from its reports that a muted caller is there', async () => {
    const scene = await open()
    const { clock, session, events, wire } = scene
    session.setFlow(flow)
    scene.say(1)
    const report = (ssrc: number, bye = false) =>
      wire.inject(
        { ...caller, port: 4001 },
        { ...session.local, port: session.local.port + 1 },
        writeReport({ ssrc, cname: 'x', bye }),
      )
    for (let passed = 0; passed < 60_000; passed += 20_000) {
      clock.advance(20_000)
      report(7)
    }
    report(7, true)
    report(8)
    clock.advance(29_000)
    expect(events).toEqual([])
    report(7, true)
    report(8)
    clock.advance(2000)
    expect(events).toEqual([{ kind: 'rtp-lost' }])
    await end(scene)
  })
})

describe('a session’s own numbers', () => {
  it('RFC 3711 §3.3.1: the first sequence number leaves room before it wraps', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const scene = await open(seed)
      scene.session.setFlow(flow)
      scene.clock.advance(25)
      expect(scene.sent()[0]?.bytes.readUInt16BE(2)).toBeLessThan(0x8000)
      await end(scene)
    }
  })

  it('RFC 3550 §8.2: its own packets, looped back, are nobody’s voice', async () => {
    const scene = await open()
    const { clock, session, events, wire } = scene
    session.setFlow(flow)
    clock.advance(50)
    session.startTake({ takeId: 'take', meta: {} })
    for (const { bytes } of scene.sent()) wire.inject(caller, session.local, Buffer.from(bytes))
    expect(events.filter(({ kind }) => kind === 'take-started')).toEqual([])
    scene.say(1)
    expect(events.filter(({ kind }) => kind === 'take-started')).toHaveLength(1)
    await end(scene)
  })
})
