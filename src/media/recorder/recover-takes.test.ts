import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noSpace, type RecordingStudio, recordingStudio } from '../../../test/helpers/recording-studio.ts'
import { until } from '../../../test/helpers/until.ts'
import { recoverTakes } from './recover-takes.ts'

let folder: string
let copies = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recover-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Copy {
  readonly journalDir: string
  readonly recordingsDir: string
}

/** What a process that is killed now leaves: the files as they are. */
async function killed(studio: RecordingStudio): Promise<Copy> {
  await studio.idle()
  const root = join(folder, String(copies++))
  const copy = { journalDir: join(root, 'journal'), recordingsDir: join(root, 'recordings') }
  await mkdir(copy.journalDir, { recursive: true })
  for (const name of await readdir(studio.journalDir))
    await copyFile(join(studio.journalDir, name), join(copy.journalDir, name))
  return copy
}

const wavBytes = async ({ recordingsDir }: Copy, file: string) =>
  (await readFile(join(recordingsDir, file))).length

describe('recovery', () => {
  it('lists takes that were running, cut off by the crash, with at most the last flush lost', async () => {
    await using studio = await recordingStudio()
    const takes = Array.from({ length: 20 }, (_, i) =>
      studio.take(`t${i}`, { meta: { from: `caller ${i}` } }),
    )
    for (let frame = 0; frame < 250; frame++) {
      for (const take of takes) take.say()
      await studio.pass(20)
    }
    const copy = await killed(studio)
    const { takes: recovered, failures } = await recoverTakes(copy)
    expect(failures).toEqual([])
    expect(recovered).toHaveLength(20)
    for (const [i, take] of recovered.entries()) {
      expect(take).toMatchObject({ takeId: `t${i}`, meta: { from: `caller ${i}` }, cutOff: 'crash' })
      expect(await wavBytes(copy, take.file)).toBe(44 + take.durationMs * 16)
      expect(take.durationMs).toBeGreaterThanOrEqual(5000 - 100)
    }
  })

  it('writes a take of G.722 at its own rate, with its own length', async () => {
    await using studio = await recordingStudio()
    const take = studio.recorder.startTake({ takeId: 'wide', meta: {} }, 'G722', () => {})
    for (let number = 0; number < 100; number++) {
      take.packet(studio.clock.monotonic(), number, number * 160, 7, new Uint8Array(160).fill(number))
      await studio.pass(20)
    }
    const copy = await killed(studio)
    const { takes } = await recoverTakes(copy)
    expect(takes).toMatchObject([{ takeId: 'wide', cutOff: 'crash' }])
    const file = await readFile(join(copy.recordingsDir, takes[0]?.file ?? ''))
    expect(file.readUInt32LE(24)).toBe(16_000)
    expect(takes[0]?.durationMs).toBeGreaterThanOrEqual(1900)
    expect(file.length).toBe(44 + (takes[0]?.durationMs ?? 0) * 32)
  })

  it('keeps the end of a take that had ended, and writes the same file', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(2340)
    const ended = await take.end()
    const copy = await killed(studio)
    const { takes } = await recoverTakes(copy)
    expect(takes).toEqual([ended])
    await studio.recorder.whenSaved('a')
    expect(await readFile(join(copy.recordingsDir, '2026/01/a.wav'))).toEqual(
      await readFile(join(studio.recordingsDir, '2026/01/a.wav')),
    )
  })

  it('returns no take that was saved and released', async () => {
    await using studio = await recordingStudio()
    const lasting = studio.take('lasting')
    const take = studio.take('a')
    await Promise.all([take.talk(1000), lasting.talk(1000)])
    await take.end()
    await studio.recorder.whenSaved('a')
    studio.recorder.releaseTake('a')
    await studio.pass(200)
    const { takes } = await recoverTakes(await killed(studio))
    expect(takes.map(({ takeId }) => takeId)).toEqual(['lasting'])
  })

  it('returns no take of a former life of a segment', async () => {
    await using studio = await recordingStudio()
    const lasting = studio.take('lasting')
    for (let round = 0; round < 20; round++) {
      const take = studio.take(`t${round}`)
      await take.talk(5000)
      await take.end()
      await studio.recorder.whenSaved(`t${round}`)
      studio.recorder.releaseTake(`t${round}`)
      if (round === 10) {
        await lasting.talk(100)
        await lasting.end()
        await studio.recorder.whenSaved('lasting')
        studio.recorder.releaseTake('lasting')
      }
      await studio.pass(100)
      expect((await recoverTakes(await killed(studio))).takes).toEqual([])
    }
  })

  it('finds nothing after a clean end', async () => {
    const studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    await take.end()
    await studio.recorder.whenSaved('a')
    studio.recorder.releaseTake('a')
    await studio.recorder.close()
    const copy = await killed(studio)
    for (const name of await readdir(copy.journalDir))
      expect((await readFile(join(copy.journalDir, name))).readUInt32LE(0)).toBe(0)
    await studio[Symbol.asyncDispose]()
  })

  it('finds only the take without a file after a clean end on a full disk, none that was released', async () => {
    const studio = await recordingStudio()
    const unsaved = studio.take('unsaved')
    const take = studio.take('a')
    await take.talk(100)
    studio.faults.save = noSpace()
    unsaved.say()
    await unsaved.end()
    delete studio.faults.save
    await take.talk(20_000) // Its release goes into another segment than the audio of `unsaved`.
    await take.end()
    await studio.recorder.whenSaved('a')
    studio.recorder.releaseTake('a')
    studio.faults.save = noSpace()
    await studio.recorder.close()
    const { takes } = await recoverTakes(await killed(studio))
    expect(takes.map(({ takeId }) => takeId)).toEqual(['unsaved'])
    await studio[Symbol.asyncDispose]()
  })

  it('run twice, or killed before the journals were emptied, ends the same', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    const copy = await killed(studio)
    const first = await recoverTakes(copy)
    const again = await recoverTakes(copy)
    expect(again.takes).toEqual(first.takes)
    await again.discardJournals()
    expect((await recoverTakes(copy)).takes).toEqual([])
    expect(await readdir(join(copy.recordingsDir, '2026/01'))).toEqual(['a.wav'])
  })

  it('killed while a file is written leaves nothing but the file when it is run again', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    const copy = await killed(studio)
    await mkdir(join(copy.recordingsDir, '2026/01'), { recursive: true })
    await writeFile(join(copy.recordingsDir, '2026/01/a.wav.part'), 'half')
    await recoverTakes(copy)
    expect(await readdir(join(copy.recordingsDir, '2026/01'))).toEqual(['a.wav'])
  })

  it('keeps the journal of takes that it can not write', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    const copy = await killed(studio)
    await writeFile(copy.recordingsDir, 'a file where the folder should be')
    const { takes, failures, discardJournals } = await recoverTakes(copy)
    expect(takes).toEqual([])
    expect(failures).toMatchObject([{ takeId: 'a' }])
    await discardJournals()
    await rm(copy.recordingsDir)
    expect((await recoverTakes(copy)).takes).toMatchObject([{ takeId: 'a' }])
  })

  it('leaves the emptied segments to the next recorder', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    const copy = await killed(studio)
    const before = await readdir(copy.journalDir)
    await (await recoverTakes(copy)).discardJournals()
    studio.faults.allocate = noSpace()
    const next = await studio.open({ ...copy })
    await until(async () => (await next.space()).journalFreeBytes === before.length * 64 * 1024)
    await next.close()
  })
})

describe('a broken journal', () => {
  it('is read as far as it is sound, wherever it is cut', async () => {
    await using studio = await recordingStudio()
    const takes = [studio.take('a'), studio.take('b')]
    for (let frame = 0; frame < 50; frame++) {
      for (const take of takes) take.say()
      await studio.pass(20)
    }
    const copy = await killed(studio)
    const path = join(copy.journalDir, (await readdir(copy.journalDir)).sort()[0] ?? '')
    const whole = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (cut) => {
        await rm(copy.recordingsDir, { recursive: true, force: true })
        await writeFile(path, whole.subarray(0, cut))
        const { takes: recovered, failures } = await recoverTakes(copy)
        expect(failures).toEqual([])
        for (const take of recovered) expect(await wavBytes(copy, take.file)).toBe(44 + take.durationMs * 16)
      }),
      { numRuns: 40 },
    )
  })

  it('loses only the record that is garbage, and is set aside, never deleted', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(2000)
    await take.end()
    const copy = await killed(studio)
    const path = join(copy.journalDir, (await readdir(copy.journalDir)).sort()[0] ?? '')
    const whole = await readFile(path)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1200, max: 16_000 }),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        async (at, garbage) => {
          await rm(copy.recordingsDir, { recursive: true, force: true })
          const broken = Buffer.from(whole)
          broken.set(garbage, at)
          await writeFile(path, broken)
          const { takes } = await recoverTakes(copy)
          expect(takes).toMatchObject([{ takeId: 'a' }])
          expect(takes[0]?.durationMs).toBeGreaterThanOrEqual(1800)
        },
      ),
      { numRuns: 25 },
    )
    whole.fill(0x55, 3000, 3100)
    await writeFile(path, whole)
    await (await recoverTakes(copy)).discardJournals()
    expect(await readFile(join(copy.journalDir, 'damaged', path.split('/').at(-1) ?? ''))).toEqual(whole)
  })

  it('whose beginning is unreadable gives the takes that start after it', async () => {
    await using studio = await recordingStudio()
    const first = studio.take('a')
    await first.talk(1000)
    const second = studio.take('b')
    await second.talk(1000)
    const copy = await killed(studio)
    const path = join(copy.journalDir, (await readdir(copy.journalDir)).sort()[0] ?? '')
    const whole = await readFile(path)
    whole.fill(0xaa, 0, 64)
    await writeFile(path, whole)
    expect((await recoverTakes(copy)).takes).toMatchObject([{ takeId: 'b', durationMs: 1000 }])
  })
})
