import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { numbered, recordingStudio } from '../../../test/helpers/recording-studio.ts'
import { until } from '../../../test/helpers/until.ts'
import { muLaw } from '../codec/g711.ts'

const pcmOf = (payload: Uint8Array) => {
  const pcm = new Int16Array(payload.length)
  muLaw.decode(payload, pcm)
  return pcm
}

describe('a take', () => {
  it('exists from its first packet', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    expect(take.events).toEqual([])
    await take.talk(20)
    expect(take.events).toEqual([{ kind: 'take-started', takeId: 'a', startedAt: studio.clock.now() - 20 }])
  })

  it('becomes a WAV file with every frame in its place', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a', { meta: { from: 'alice' } })
    await take.talk(3000)
    const recorded = await take.end()
    expect(recorded).toMatchObject({
      takeId: 'a',
      meta: { from: 'alice' },
      durationMs: 3000,
      file: '2026/01/a.wav',
    })
    expect(recorded?.cutOff).toBeUndefined()
    await studio.recorder.whenSaved('a')
    const samples = await studio.wav('2026/01/a.wav')
    expect(samples.length).toBe(3000 * 8)
    for (let frame = 0; frame < 150; frame++)
      expect(samples.subarray(frame * 160, (frame + 1) * 160)).toEqual(pcmOf(numbered(frame)))
  })

  it('has a WAV header with the right lengths', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(100)
    const recorded = await take.end()
    await studio.recorder.whenSaved('a')
    const wav = await readFile(join(studio.recordingsDir, recorded?.file ?? ''))
    expect(wav.length).toBe(44 + 1600)
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.readUInt32LE(40)).toBe(1600)
    expect([wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt16LE(34)]).toEqual([8000, 1, 16])
  })

  it('without a packet leaves nothing', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    expect(await take.end()).toBeUndefined()
    expect(take.events).toEqual([])
    await studio.recorder.whenSaved('a')
  })

  it('that is stopped does not wait for the flush', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(20)
    const before = studio.clock.now()
    await take.end()
    expect(studio.clock.now()).toBe(before)
  })

  it('longer than its links reach is read back whole', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a')
    await take.talk(20_000) // 200 records: three chains of 64 links
    const recorded = await take.end()
    await studio.recorder.whenSaved('a')
    const samples = await studio.wav(recorded?.file ?? '')
    for (let frame = 0; frame < 1000; frame++)
      expect(samples.subarray(frame * 160, (frame + 1) * 160)).toEqual(pcmOf(numbered(frame)))
  })

  it('reports silence once, also when nothing comes at all', async () => {
    await using studio = await recordingStudio()
    const take = studio.take('a', { endAfterSilenceMs: 1000 })
    await take.talk(2000)
    expect(take.events.filter(({ kind }) => kind === 'silent')).toEqual([])
    await take.talk(900, 0xff)
    expect(take.events.filter(({ kind }) => kind === 'silent')).toEqual([])
    await studio.pass(5000)
    expect(take.events.filter(({ kind }) => kind === 'silent')).toEqual([
      { kind: 'silent', takeId: 'a', fax: false },
    ])
    await take.end()
  })
})

describe('the journal', () => {
  it('gets its segments back once takes are saved and released', async () => {
    await using studio = await recordingStudio()
    const free = async () => (await studio.recorder.space()).journalFreeBytes
    await until(async () => (await free()) === 512 * 1024)
    for (let round = 0; round < 12; round++) {
      const take = studio.take(`t${round}`)
      await take.talk(10_000)
      await take.end()
      await studio.recorder.whenSaved(`t${round}`)
      studio.recorder.releaseTake(`t${round}`)
      await studio.pass(200)
    }
    expect(await free()).toBeGreaterThan(400 * 1024)
    expect(await studio.recorder.space()).toMatchObject({ diskFull: false })
  })
})
