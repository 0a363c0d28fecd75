import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../../test/helpers/fake-clock.ts'
import { until } from '../../../../test/helpers/until.ts'
import { openRecorder } from '../open-recorder.ts'
import type { TakeEvent } from '../recorder.ts'

/** The whole recorder as the media worker has it: the real disk, the saver's thread. */
describe('the saver', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saver-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function record(takeIds: readonly string[], prepare = async (_recordings: string) => {}) {
    const clock = fakeClock()
    const recordingsDir = join(folder, 'recordings')
    const recorder = await openRecorder({
      journalDir: join(folder, 'journal'),
      recordingsDir,
      name: 'w0',
      clock,
      journalBytes: 512 * 1024,
    })
    await prepare(recordingsDir)
    const events: TakeEvent[] = []
    for (const takeId of takeIds) {
      const take = recorder.startTake({ takeId, meta: {} }, 'PCMA', (event) => events.push(event))
      for (let i = 0; i < 50; i++)
        take.packet(clock.monotonic() + i * 20, i, i * 160, 1, new Uint8Array(160).fill(0x55 ^ i))
      take.stop()
    }
    await until(() => events.filter(({ kind }) => kind === 'take-ended').length === takeIds.length)
    return { recorder, recordingsDir, clock }
  }

  it('writes one file after another in its thread, and nothing is left of the work', async () => {
    const { recorder, recordingsDir } = await record(['a', 'b', 'c'])
    await Promise.all(['a', 'b', 'c'].map((takeId) => recorder.whenSaved(takeId)))
    expect((await readdir(join(recordingsDir, '2026/01'))).sort()).toEqual(['a.wav', 'b.wav', 'c.wav'])
    expect((await readFile(join(recordingsDir, '2026/01/b.wav'))).length).toBe(44 + 16_000)
    await recorder.close()
  })

  it('passes on why a file can not be written, and tries again', async () => {
    const { recorder, recordingsDir, clock } = await record(['a'], (recordings) =>
      writeFile(join(recordings, '2026'), 'in the way'),
    )
    await expect(recorder.whenSaved('a')).rejects.toMatchObject({ code: 'ENOTDIR' })
    await rm(join(recordingsDir, '2026'))
    clock.advance(1000)
    await until(() =>
      recorder.whenSaved('a').then(
        () => true,
        () => false,
      ),
    )
    expect(await readdir(join(recordingsDir, '2026/01'))).toEqual(['a.wav'])
    await recorder.close()
  })
})
