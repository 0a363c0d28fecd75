import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { createGreetings, type Greetings } from './greetings.ts'
import { levelOut } from './level-out.ts'

let at: MailboxFixture
let greetings: Greetings
beforeEach(async () => {
  at = await openMailboxFixture()
  const options = { store: at.store.greetings, dir: join(at.folder, 'greetings'), makeId: () => 'g1' }
  // Portions are taken one turn after the other: a clock whose timers are due at once.
  const clock = { ...at.clock, setTimer: at.clock.setTimer }
  clock.setTimer = (_, fire) => {
    queueMicrotask(fire)
    return { cancel: () => undefined, [Symbol.dispose]: () => undefined }
  }
  greetings = createGreetings({ ...options, clock })
})
afterEach(() => at.close())

const tone = (rate: number, seconds: number, peak = 3000) =>
  Int16Array.from({ length: rate * seconds }, (_, n) => Math.round(peak * Math.sin(n / 5)))

describe('a greeting', () => {
  it('is stored as 16 kHz mono at telephone level', async () => {
    const greeting = await greetings.add('Holiday', writeWav(tone(44_100, 1), 44_100))
    expect(greeting).toMatchObject({ id: 'g1', name: 'Holiday', file: 'g1.wav', durationMs: 1000 })
    const { samples, sampleRate } = readWav(readFileSync(await greetings.audioFile('Holiday')))
    expect([sampleRate, samples.length]).toEqual([16_000, 16_000])
    expect(await greetings.list()).toEqual([greeting])
  })

  it('is refused when it is none, too long, or named like another, and leaves no file', async () => {
    await expect(greetings.add('a', Buffer.from('MP3'))).rejects.toMatchObject({
      code: 'AP_GREETING_UNREADABLE',
    })
    await expect(greetings.add('a', writeWav(new Int16Array(0), 8000))).rejects.toMatchObject({
      code: 'AP_GREETING_UNREADABLE',
    })
    await expect(greetings.add('a', writeWav(tone(4000, 301), 4000))).rejects.toMatchObject({
      code: 'AP_GREETING_TOO_LONG',
    })
    await at.store.greetings.add({ id: 'g0', name: 'a', file: 'g0.wav', durationMs: 1, createdAt: 1 })
    await expect(greetings.add('a', writeWav(tone(8000, 1), 8000))).rejects.toMatchObject({
      code: 'AP_NAME_TAKEN',
    })
    expect(readdirSync(join(at.folder, 'greetings'))).toEqual([])
  })

  it('goes with its file', async () => {
    await greetings.add('Holiday', writeWav(tone(8000, 1), 8000))
    await greetings.remove('Holiday')
    expect(readdirSync(join(at.folder, 'greetings'))).toEqual([])
    await expect(greetings.remove('Holiday')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
  })
})

describe('the level of a greeting', () => {
  const rms = (pcm: Int16Array) => Math.sqrt(pcm.reduce((sum, sample) => sum + sample ** 2, 0) / pcm.length)
  it.each([
    ['is raised', 1000, 3276],
    ['is lowered', 32_000, 3276],
    ['is raised by 20 dB at most', 100, 707],
  ])('%s', (_, peak, level) => {
    expect(rms(levelOut(tone(16_000, 1, peak)))).toBeCloseTo(level, -2)
  })
  it('is that of its speech, whatever the pauses', () => {
    const speech = tone(16_000, 1, 1000)
    const paused = new Int16Array(64_000)
    paused.set(speech, 32_000)
    expect(rms(levelOut(paused).subarray(32_000, 48_000))).toBeCloseTo(3276, -2)
  })
  it('never clips, and leaves silence alone', () => {
    const click = new Int16Array(16_000).fill(500)
    click[8000] = 20_000
    expect(levelOut(click)[8000]).toBeLessThan(32_767)
    expect(levelOut(new Int16Array(10))).toEqual(new Int16Array(10))
  })
})
