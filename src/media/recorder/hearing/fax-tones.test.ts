import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hearTake,
  joinSounds as join,
  mixSounds,
  silenceOf as silence,
} from '../../../../test/helpers/hear-take.ts'
import { synthesize, type Tone } from '../../tones.ts'
import { readWav } from '../../wav/read-wav.ts'

const tone = (hz: number, durationMs: number, more: Partial<Tone> = {}) =>
  synthesize({ frequencies: [hz], durationMs, ...more })
const calling = (durationMs: number, hz = 1100, cadence = [500, 3000]) => tone(hz, durationMs, { cadence })
const isFax = (pcm: Int16Array, line = {}) => hearTake(pcm, line).hearing.fax === true
const speech = readWav(
  readFileSync(new URL('../../../../assets/prompts/test-caller.wav', import.meta.url)),
).samples

describe('a fax machine that calls (ITU-T T.30)', () => {
  it.each([1062, 1100, 1138])('is known by its calling tone, here of %i Hz', (hz) => {
    expect(isFax(calling(20_000, hz))).toBe(true)
    expect(isFax(calling(20_000, hz), { codec: 'PCMU', noise: 40 })).toBe(true)
    expect(isFax(calling(20_000, hz), { lossPercent: 2 })).toBe(true)
  })

  it('is known wherever the take begins and ends, once it has sounded as a whole', () => {
    fc.assert(
      fc.property(fc.nat(3499), fc.integer({ min: 4200, max: 20_000 }), (from, ms) => {
        const pcm = calling(30_000).subarray(from * 8, (from + ms) * 8)
        expect(isFax(pcm)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('is known as far off as its times may be, and after the echo of our beep', () => {
    for (const cadence of [
      [430, 2560],
      [570, 3440],
    ])
      expect(isFax(calling(20_000, 1100, cadence))).toBe(true)
    expect(isFax(join(tone(1000, 200), silence(600), calling(15_000)))).toBe(true)
  })

  it('is known by the tone of who was called, and only by all of it', () => {
    expect(isFax(join(silence(500), tone(2100, 3000), silence(1000)))).toBe(true)
    expect(isFax(join(silence(500), tone(2100, 1500), silence(1000)))).toBe(false)
  })

  it('is none where the tone is another, or keeps other times', () => {
    for (const pcm of [
      calling(20_000, 1000),
      calling(20_000, 1200),
      calling(20_000, 900),
      calling(20_000, 2900),
      calling(20_000, 3100),
      calling(20_000, 1100, [500, 500]),
      calling(20_000, 1100, [200, 3000]),
      calling(20_000, 1100, [1000, 3000]),
      tone(1100, 10_000),
      tone(1900, 5000),
      synthesize({ frequencies: [1100, 1400], durationMs: 20_000, cadence: [500, 3000] }),
      silence(10_000),
    ])
      expect(isFax(pcm)).toBe(false)
  })

  it('is none as soon as a person says a word, before, after or over it', () => {
    const word = speech.subarray(2400, 2400 + 8 * 700)
    for (const pcm of [
      join(word, silence(800), calling(15_000)),
      join(calling(15_000), word),
      ...[0, 500, 1200].map((ms) => mixSounds(calling(15_000), join(silence(3000 + ms), word))),
    ])
      expect(isFax(pcm)).toBe(false)
  })
})

describe('who falls silent', () => {
  const fellSilent = (pcm: Int16Array) => hearTake(join(pcm, silence(1500))).isFax
  const word = speech.subarray(2400, 2400 + 8 * 700)

  it('is a fax machine with one tone, be it cut off at its beginning, and where nothing is sent in silence', () => {
    expect(fellSilent(join(silence(700), tone(1100, 500)))).toBe(true)
    expect(fellSilent(join(tone(1000, 200), silence(300), tone(1100, 500)))).toBe(true)
    for (const ms of [80, 200, 400]) expect(fellSilent(tone(1100, ms))).toBe(true)
    expect(hearTake(join(silence(700), tone(1100, 500))).isFax).toBe(true)
  })

  it('is none who said a word, whistled, or said nothing at all', () => {
    for (const pcm of [
      word,
      join(word, silence(300), tone(1100, 500)),
      join(tone(1100, 500), silence(300), word),
      tone(1100, 1500),
      join(silence(200), tone(900, 500)),
      silence(4000),
    ])
      expect(fellSilent(pcm)).toBe(false)
  })
})
