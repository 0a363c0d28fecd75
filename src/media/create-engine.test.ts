import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { untilHolds } from '../../test/helpers/until.ts'
import { createMediaEngine, type MediaEngineOptions } from './create-engine.ts'
import type { Flow, MediaEvent } from './engine.ts'
import { writeRtpHeader } from './rtp/packet.ts'

/** A party on the wire: one socket, its own stream. */
async function party(): Promise<{ socket: Socket; port: number; heard: Buffer[] }> {
  const socket = createSocket('udp4')
  const heard: Buffer[] = []
  socket.on('message', (bytes) => heard.push(bytes))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { socket, port: socket.address().port, heard }
}

function packet(number: number): Buffer {
  const bytes = Buffer.alloc(172, number)
  writeRtpHeader(bytes, number === 0, 0, number, number * 160, 7)
  return bytes
}

const flowTo = (port: number): Flow => ({
  codec: 'PCMU',
  payloadType: 0,
  remote: { address: '127.0.0.1', port, rtcpPort: port + 1 },
  ptimeMs: 20,
  send: true,
  receive: true,
})

/** Collects events, and waits for one of a kind. */
function listener() {
  const events: MediaEvent[] = []
  let wake = () => {}
  return {
    events,
    onEvent(event: MediaEvent) {
      events.push(event)
      wake()
    },
    async until(kind: MediaEvent['kind']): Promise<MediaEvent> {
      for (;;) {
        const found = events.find((event) => event.kind === kind)
        if (found) return found
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

describe('media engine on worker threads', () => {
  let folder = ''
  const options = (): MediaEngineOptions => ({
    workers: 1,
    ports: { from: 36_000, to: 36_400 },
    journalDir: join(folder, 'journal'),
    recordingsDir: join(folder, 'recordings'),
    journalBytes: 1 << 20,
  })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('takes a call: plays, hears, records, saves, and leaves nothing behind', async () => {
    const engine = await createMediaEngine(options())
    const { onEvent, until } = listener()
    await engine.loadClip('greeting', new Int16Array(800).fill(5000), 8000)
    const session = await engine.openSession('127.0.0.1', onEvent)
    const caller = await party()
    session.setFlow(flowTo(caller.port))
    session.play('greeting', 'done')
    expect(await until('played')).toEqual({ kind: 'played', mark: 'done' })
    session.startTake({ takeId: 'take1', meta: { line: 'home' } })
    for (let number = 0; number < 25; number++)
      caller.socket.send(packet(number), session.local.port, '127.0.0.1')
    expect(await until('take-started')).toMatchObject({ takeId: 'take1' })
    const stats = await session.close()
    expect(stats).toMatchObject({ packetsReceived: 25, packetsLost: 0, packetsIgnored: 0 })
    expect(stats.packetsSent).toBeGreaterThanOrEqual(5)
    const ended = await until('take-ended')
    if (ended.kind !== 'take-ended') throw new Error('not it')
    expect(ended.take).toMatchObject({ takeId: 'take1', meta: { line: 'home' }, durationMs: 500 })
    await engine.whenSaved('take1')
    const wav = await readFile(join(folder, 'recordings', ended.take.file))
    expect(wav.length).toBeGreaterThan(25 * 160)
    engine.releaseTake('take1')
    expect(await engine.space()).toMatchObject({ diskFull: false })
    expect(engine.sessions).toBe(0)
    expect(caller.heard.length).toBeGreaterThanOrEqual(5)
    expect(new Set(caller.heard.map((bytes) => bytes.readUInt32BE(8))).size).toBe(1)
    caller.socket.close()
    await engine.close()
  })

  it('refuses with AP_MEDIA_PORTS_EXHAUSTED, also when another program has the ports', async () => {
    const taken = createSocket('udp4')
    taken.bind(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address()
    const even = port - (port % 2)
    const engine = await createMediaEngine({ ...options(), ports: { from: even, to: even + 1 } })
    await expect(engine.openSession('127.0.0.1', () => {})).rejects.toMatchObject({
      code: 'AP_MEDIA_PORTS_EXHAUSTED',
    })
    expect(engine.sessions).toBe(0)
    taken.close()
    await engine.close()
  })

  it('says which address can not be used', async () => {
    const engine = await createMediaEngine(options())
    await expect(engine.openSession('192.0.2.1', () => {})).rejects.toMatchObject({
      code: 'AP_MEDIA_ADDRESS_UNUSABLE',
    })
    await engine.close()
  })

  it('fails the sessions of a worker that dies, frees its ports, and starts another in its place', async () => {
    const post = vi.spyOn(Worker.prototype, 'postMessage')
    const engine = await createMediaEngine({ ...options(), ports: { from: 36_402, to: 36_440 } })
    const { onEvent, until } = listener()
    const session = await engine.openSession('127.0.0.1', onEvent)
    const [worker] = post.mock.contexts as Worker[]
    post.mockRestore()
    await worker?.terminate()
    expect(await until('failed')).toMatchObject({ kind: 'failed' })
    expect(await session.close()).toMatchObject({ packetsSent: 0 })
    await expect(engine.openSession('127.0.0.1', onEvent)).rejects.toMatchObject({
      code: 'AP_MEDIA_THREAD_DIED',
    })
    const beside = () => engine.openSession('127.0.0.1', onEvent, { beside: session })
    await expect(beside()).rejects.toMatchObject({ code: 'AP_MEDIA_THREAD_DIED' })
    const again = await untilHolds(() => engine.openSession('127.0.0.1', onEvent))
    await expect(beside()).rejects.toMatchObject({ code: 'AP_MEDIA_THREAD_DIED' })
    again.hear(session)
    const freed = createSocket('udp4')
    freed.bind(session.local.port, '127.0.0.1')
    await once(freed, 'listening')
    freed.close()
    await again.close()
    await engine.close()
  })

  it('opens a session beside another, and lets them hear each other', async () => {
    const engine = await createMediaEngine({ ...options(), workers: 2, ports: { from: 36_442, to: 36_480 } })
    const [caller, phone] = [await party(), await party()]
    const called = await engine.openSession('127.0.0.1', () => {})
    const elsewhere = await engine.openSession('127.0.0.1', () => {})
    const owner = await engine.openSession('127.0.0.1', () => {}, { beside: called })
    expect(() => called.hear(elsewhere)).toThrow('beside')
    called.setFlow(flowTo(caller.port))
    owner.setFlow(flowTo(phone.port))
    owner.hear(called, { pace: 'as-it-comes' })
    called.hear(owner, { pace: 'evened-out' })
    const frames = (heard: Buffer[]) =>
      new Set(heard.map((bytes) => bytes[12]).filter((code) => code !== 0xff))
    await untilHolds(() => {
      caller.socket.send(packet(1), called.local.port, '127.0.0.1')
      phone.socket.send(packet(2), owner.local.port, '127.0.0.1')
      expect(frames(phone.heard)).toEqual(new Set([1]))
      expect([...frames(caller.heard)]).toContain(2)
    })
    await Promise.all([called.close(), owner.close(), elsewhere.close()])
    for (const { socket } of [caller, phone]) socket.close()
    await engine.close()
  })

  it('rejects when a worker can not start', async () => {
    await expect(createMediaEngine({ ...options(), journalDir: '/dev/null/journal' })).rejects.toThrow()
  })
})
