import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRecorder } from '../src/media/recorder/open-recorder.ts'
import { fakeClock } from '../test/helpers/fake-clock.ts'

/**
 * CPU of the recorder for each packet on the media thread, beside a floor in the same run: the payload copied once and
 * one write every 100 ms. `node bench/recorder.ts [takes] [seconds]`; time is virtual, the disk is real.
 */
const takes = Number(process.argv[2] ?? 400)
const seconds = Number(process.argv[3] ?? 10)
const PACKETS = seconds * 50 * takes

const folder = mkdtempSync(join(tmpdir(), 'recorder-bench-'))
const thread = () => {
  const { user, system } = process.threadCpuUsage()
  return user + system
}
const payloads = Array.from({ length: 50 }, (_, frame) =>
  Uint8Array.from({ length: 160 }, (_, i) => 128 + 100 * Math.sin(frame + i / 3) * Math.cos(i / 50)),
)
const breathe = () => new Promise((next) => setImmediate(next))

async function floor(): Promise<number> {
  const fd = openSync(join(folder, 'floor'), 'w')
  const buffer = Buffer.alloc(takes * 5 * 160)
  const from = thread()
  for (let frame = 0, at = 0; frame < seconds * 50; frame++) {
    for (let take = 0; take < takes; take++, at += 160) buffer.set(payloads[(frame + take) % 50] ?? [], at)
    if (frame % 5 !== 4) continue
    writeSync(fd, buffer, 0, at, 0)
    at = 0
    await breathe()
  }
  closeSync(fd)
  return (thread() - from) / PACKETS
}

async function recorder() {
  const clock = fakeClock()
  const opened = await openRecorder({
    journalDir: join(folder, 'journal'),
    recordingsDir: join(folder, 'recordings'),
    name: 'w0',
    clock,
    journalBytes: PACKETS * 250,
  })
  const live = Array.from({ length: takes }, (_, i) =>
    opened.startTake({ takeId: `take${i}`, meta: {} }, 'PCMU', () => {}),
  )
  await breathe()
  let packetUs = 0
  const from = thread()
  let longestMs = 0
  for (let frame = 0; frame < seconds * 50; frame++) {
    const before = thread()
    for (const [i, take] of live.entries())
      take.packet(clock.monotonic(), frame, frame * 160, i, payloads[(frame + i) % 50] ?? new Uint8Array())
    packetUs += thread() - before
    const turn = performance.now()
    clock.advance(20)
    longestMs = Math.max(longestMs, performance.now() - turn)
    for (let turns = 0; turns < 4; turns++) await breathe()
  }
  const allUs = thread() - from
  const stopping = thread()
  for (const take of live) take.stop()
  await Promise.all(live.map((_, i) => opened.whenSaved(`take${i}`)))
  const savingUs = thread() - stopping
  await opened.close()
  return { packet: packetUs / PACKETS, all: allUs / PACKETS, stop: savingUs / takes, longestMs }
}

try {
  await floor()
  const least = await floor()
  const { packet, all, stop, longestMs } = await recorder()
  const say = (what: string, us: number) => console.log(`${what.padEnd(46)} ${us.toFixed(2)} µs`)
  say('floor: copy and one write, a packet', least)
  say('recorder: place, hear, copy, a packet', packet)
  say('recorder with flush, write and sync, a packet', all)
  say('stop and hand over to the saver, a take', stop)
  console.log(
    `ratio to the floor ${(all / least).toFixed(1)}; longest turn of a flush ${longestMs.toFixed(2)} ms`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
