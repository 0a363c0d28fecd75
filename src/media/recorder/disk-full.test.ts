import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { noSpace, recordingStudio } from '../../../test/helpers/recording-studio.ts'
import { until } from '../../../test/helpers/until.ts'

const RESERVE = 512 * 1024
/** More than the reserve holds: 8.8 kB a second. */
const LONGER_THAN_THE_RESERVE_MS = 80_000

async function fullDisk() {
  const studio = await recordingStudio()
  await until(async () => (await studio.recorder.space()).journalFreeBytes === RESERVE)
  studio.faults.allocate = noSpace()
  studio.faults.save = noSpace()
  return studio
}

describe('on a full disk', () => {
  it('the reserve still records', async () => {
    await using studio = await fullDisk()
    const take = studio.take('a')
    await take.talk(30_000)
    const recorded = await take.end()
    expect(recorded).toMatchObject({ durationMs: 30_000 })
    expect(recorded?.cutOff).toBeUndefined()
    expect(await studio.recorder.space()).toMatchObject({ diskFull: true })
  })

  it('a take that uses up the reserve keeps what was recorded, with the right length', async () => {
    await using studio = await fullDisk()
    const take = studio.take('a')
    await take.talk(LONGER_THAN_THE_RESERVE_MS)
    expect(take.events.filter(({ kind }) => kind === 'journal-full')).toHaveLength(1)
    const ended = take.end()
    studio.faults.save = undefined as never
    delete studio.faults.save
    const recorded = await ended
    expect(recorded).toMatchObject({ cutOff: 'journal-full' })
    const durationMs = recorded?.durationMs ?? 0
    expect(durationMs).toBeGreaterThan(50_000)
    expect(durationMs).toBeLessThan(60_000)
    await studio.recorder.whenSaved('a')
    expect((await studio.wav(recorded?.file ?? '')).length).toBe(durationMs * 8)
  })

  it('a new take is told at once that the journal is full, and leaves nothing', async () => {
    await using studio = await fullDisk()
    const first = studio.take('a')
    await first.talk(LONGER_THAN_THE_RESERVE_MS)
    const second = studio.take('b')
    expect(second.events).toEqual([{ kind: 'journal-full', takeId: 'b' }])
    await second.talk(1000)
    expect(await second.end()).toBeUndefined()
    expect(second.events).toHaveLength(1)
  })

  it('heals by itself: files are written, segments come back, takes are recorded', async () => {
    await using studio = await fullDisk()
    const first = studio.take('a')
    await first.talk(LONGER_THAN_THE_RESERVE_MS)
    await first.end()
    await expect(studio.recorder.whenSaved('a')).rejects.toMatchObject({ code: 'ENOSPC' })
    delete studio.faults.allocate
    delete studio.faults.save
    await studio.pass(31_000)
    await until(async () => !(await studio.recorder.space()).diskFull)
    await studio.recorder.whenSaved('a')
    const second = studio.take('b')
    await second.talk(1000)
    expect(await second.end()).toMatchObject({ durationMs: 1000 })
  })

  it('gives nothing back while a file is not written, released or not', async () => {
    await using studio = await fullDisk()
    const take = studio.take('a')
    await take.talk(10_000)
    await take.end()
    studio.recorder.releaseTake('a')
    await studio.pass(1000)
    delete studio.faults.save
    await studio.pass(31_000)
    await studio.recorder.whenSaved('a')
    expect((await studio.wav('2026/01/a.wav')).length).toBe(80_000)
  })
})

describe('a disk that fails', () => {
  it('for one segment costs nothing: the batch goes into the next', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    studio.faults.write = Object.assign(new Error('EIO'), { code: 'EIO' })
    const before = (await readdir(studio.journalDir)).length
    take.stop()
    studio.clock.advance(0)
    delete studio.faults.write
    await until(() => take.events.some(({ kind }) => kind === 'take-ended'))
    await studio.recorder.whenSaved('a')
    expect((await studio.wav('2026/01/a.wav')).length).toBe(8000)
    expect(before).toBeGreaterThan(0)
  })

  it('for every segment ends the take with what is stored', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    studio.faults.write = Object.assign(new Error('EIO'), { code: 'EIO' })
    await take.talk(1000)
    expect(take.events.at(-1)).toEqual({ kind: 'journal-full', takeId: 'a' })
    delete studio.faults.write
    expect(await take.end()).toMatchObject({ durationMs: 1000, cutOff: 'journal-full' })
  })

  it('from the first packet on says that the take is lost', async () => {
    await using studio = await recordingStudio()
    studio.faults.write = Object.assign(new Error('EIO'), { code: 'EIO' })
    const take = studio.take('a')
    await take.talk(500)
    expect(await take.end()).toBeUndefined()
    expect(take.events.map(({ kind }) => kind)).toEqual(['take-started', 'journal-full', 'take-lost'])
  })

  it('by stalling makes packets wait, up to a bound, and loses none before it', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(1000)
    const stall = Promise.withResolvers<void>()
    studio.faults.stall = stall.promise
    await take.talk(1500)
    delete studio.faults.stall
    stall.resolve()
    const recorded = await take.end()
    expect(recorded).toMatchObject({ durationMs: 2500 })
    await studio.recorder.whenSaved('a')
    const samples = await studio.wav(recorded?.file ?? '')
    for (let frame = 0; frame < 125; frame++)
      expect(samples.subarray(frame * 160, frame * 160 + 160).some((sample) => sample !== 0)).toBe(true)
  })
})
