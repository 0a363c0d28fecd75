import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Disk, type JournalFile, realDisk } from '../../src/media/recorder/journal/journal-file.ts'
import { type OpenRecorderOptions, openRecorder } from '../../src/media/recorder/open-recorder.ts'
import type { RecordedTake, Recorder, TakeEvent } from '../../src/media/recorder/recorder.ts'
import { saveTake } from '../../src/media/recorder/wav/save-take.ts'
import type { Saver } from '../../src/media/recorder/wav/saver.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'
import { until } from './until.ts'

/** A recorder on real files in a temporary folder, with a fake clock and faults on demand. */
export interface RecordingStudio extends AsyncDisposable {
  readonly clock: FakeClock
  readonly journalDir: string
  readonly recordingsDir: string
  readonly faults: Faults
  recorder: Recorder
  open(options?: Partial<OpenRecorderOptions>): Promise<Recorder>
  /** Starts a take; its events are collected. */
  take(takeId: string, options?: { endAfterSilenceMs?: number; meta?: Record<string, unknown> }): StudioTake
  /** Waits until the disk has nothing to do. */
  idle(): Promise<void>
  /** Moves time on in steps of a flush and lets the disk keep up. */
  pass(ms: number): Promise<void>
  /** The samples of a WAV file, by its path below the recordings folder. */
  wav(file: string): Promise<Int16Array>
}

export interface StudioTake {
  readonly events: TakeEvent[]
  /** Sends packets in real time, 20 ms each, filled with `code`, or by their number when it is absent. */
  talk(ms: number, code?: number): Promise<void>
  /** Sends one packet and lets no time pass. */
  say(code?: number): void
  /** Stops it and waits for its end. */
  end(): Promise<RecordedTake | undefined>
  stop(): void
}

/** What the file system refuses. */
export interface Faults {
  allocate?: Error
  write?: Error
  save?: Error
  /** Writes wait for this. */
  stall?: Promise<void>
}

export const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })

/** The payload of packet `number`: its number in every second byte, so that each frame can be told from every other. */
export const numbered = (number: number, bytes = 160) =>
  Uint8Array.from({ length: bytes }, (_, i) => (i % 2 === 0 ? number & 0x7f : (number >> 7) & 0x7f))

export async function recordingStudio(options: Partial<OpenRecorderOptions> = {}): Promise<RecordingStudio> {
  const folder = await mkdtemp(join(tmpdir(), 'recorder-'))
  const clock = fakeClock()
  const faults: Faults = {}
  const places = { journalDir: join(folder, 'journal'), recordingsDir: join(folder, 'recordings') }
  const { disk, idle } = faultyDisk(faults)
  const saver: Saver = {
    async save(job) {
      if (faults.save) throw faults.save
      saveTake(job)
    },
    close: async () => {},
  }
  let seed = 1
  const open = (more: Partial<OpenRecorderOptions> = {}) =>
    openRecorder({
      ...places,
      name: 'w0',
      clock,
      journalBytes: 512 * 1024,
      random: seededRandom(seed++),
      disk,
      saver,
      ...options,
      ...more,
    })

  const studio: RecordingStudio = {
    ...places,
    clock,
    faults,
    recorder: await open(),
    open,
    idle,
    take: (takeId, more) => startTake(studio, takeId, more),
    async pass(ms) {
      for (let left = ms; left > 0; left -= 100) {
        clock.advance(Math.min(left, 100))
        await idle()
      }
    },
    async wav(file) {
      const bytes = await readFile(join(places.recordingsDir, file))
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length))
    },
    async [Symbol.asyncDispose]() {
      await studio.recorder.close()
      await rm(folder, { recursive: true })
    },
  }
  await idle()
  return studio
}

function startTake(
  { recorder, clock, pass }: RecordingStudio,
  takeId: string,
  {
    meta = { from: 'alice' },
    ...options
  }: { endAfterSilenceMs?: number; meta?: Record<string, unknown> } = {},
): StudioTake {
  const events: TakeEvent[] = []
  const take = recorder.startTake({ takeId, meta, ...options }, 'PCMU', (event) => events.push(event))
  let number = 0
  const say = (code?: number) => {
    const payload = code === undefined ? numbered(number) : new Uint8Array(160).fill(code)
    take.packet(clock.monotonic(), number & 0xffff, number * 160, 7, payload)
    number++
  }
  return {
    events,
    say,
    async talk(ms, code) {
      for (let sent = 0; sent < ms; sent += 20) {
        say(code)
        await (sent % 100 === 80 ? pass(20) : clock.advance(20))
      }
    },
    stop: () => take.stop(),
    async end() {
      take.stop()
      const ended = () => events.find((event) => event.kind === 'take-ended')
      if (number > 0 && !events.some(({ kind }) => kind === 'journal-full'))
        await until(() => ended() !== undefined)
      else await pass(100)
      const event = ended()
      return event?.kind === 'take-ended' ? event.take : undefined
    },
  }
}

/** The real disk with faults in front of it; what stalls does not count as work. */
function faultyDisk(faults: Faults): { readonly disk: Disk; idle(): Promise<void> } {
  let working = 0
  const work = async <T>(run: () => Promise<T>): Promise<T> => {
    working++
    return run().finally(() => working--)
  }
  const openFile = async (path: string): Promise<JournalFile> => {
    const file = await realDisk.open(path)
    return {
      write: (bytes, position) =>
        (faults.stall ?? Promise.resolve()).then(() =>
          work(async () => {
            if (faults.write) throw faults.write
            await file.write(bytes, position)
          }),
        ),
      sync: async () => {}, // Nobody pulls the plug in a unit test, and the disk would be slow.
      close: () => work(file.close),
    }
  }
  return {
    disk: {
      allocate: (path, bytes) =>
        work(async () => {
          if (faults.allocate) throw faults.allocate
          await writeFile(path, Buffer.alloc(bytes), { flag: 'wx' })
        }),
      open: (path) => work(() => openFile(path)),
      remove: (path) => work(() => realDisk.remove(path)),
    },
    async idle() {
      for (let quiet = 0; quiet < 5; quiet = working === 0 ? quiet + 1 : 0)
        await new Promise((next) => setImmediate(next))
    },
  }
}
