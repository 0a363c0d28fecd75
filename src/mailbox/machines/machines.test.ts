import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hearTake,
  joinSounds,
  type Line,
  mixSounds,
  silenceOf as silence,
} from '../../../test/helpers/hear-take.ts'
import { writeKeyTone } from '../../media/codec/dtmf.ts'
import { DIGITS } from '../../media/rtp/telephone-event.ts'
import { synthesize, type Tone } from '../../media/tones.ts'
import { readWav } from '../../media/wav/read-wav.ts'
import { resample } from '../../media/wav/resample.ts'
import { judgeTake } from '../judge-take.ts'

const PROMPTS = new URL('../../../assets/prompts', import.meta.url).pathname
const spoken = (name: string) => readWav(readFileSync(join(PROMPTS, name))).samples
/** 0.6 s in samples: with the silence around it, a word of one vowel. */
const SYLLABLE = 4800
const speech = joinSounds(spoken('test-caller.wav'), spoken('greeting.wav'))
const tone = (frequencies: readonly number[], durationMs: number, more: Partial<Tone> = {}) =>
  synthesize({ frequencies, durationMs, ...more })
function keyTone(key: string, ms: number): Int16Array {
  const pcm = silence(ms)
  writeKeyTone(DIGITS.indexOf(key), 0, 8000, pcm)
  return pcm
}
const judge = (pcm: Int16Array, line: Line = {}, known = false) =>
  judgeTake(hearTake(pcm, line), { shortestMs: 1000, machinesToJunk: true, known })
const louder = (pcm: Int16Array, gain: number) => pcm.map((sample) => sample * gain)

describe('what a machine leaves', () => {
  it('is known for a fax, the tones of an exchange, silence and the noise of a line', () => {
    expect(judge(tone([1100], 15_000, { cadence: [500, 3000] }))).toBe('fax')
    expect(judge(tone([425], 8000, { cadence: [480, 480] }))).toBe('tones')
    expect(judge(tone([480, 620], 8000, { cadence: [250, 250] }))).toBe('tones')
    expect(judge(silence(8000))).toBe('silence')
    for (const noise of [30, 100, 200, 300]) expect(judge(silence(8000), { noise })).toBe('silence')
  })

  it('is nothing where somebody hung up before he could have said a word', () => {
    expect(judge(silence(3500))).toBe('nothing-said')
  })

  it('is a recording where all of it comes again, by whatever line, from wherever in it', () => {
    for (const pause of [300, 737, 1501]) {
      const loop = joinSounds(speech, silence(pause))
      const played = joinSounds(loop, loop, speech)
      for (const line of [{}, { codec: 'PCMU' }, { noise: 40 }, { lossPercent: 2 }] as const)
        expect(judge(played, line)).toBe('recorded')
      expect(judge(played.subarray(8 * 2113))).toBe('recorded')
      expect(judge(louder(played, 0.2))).toBe('recorded')
    }
  })

  it('is never looked for in recordings of those whom the owner knows', () => {
    expect(judge(joinSounds(speech, speech, speech), {}, true)).toBe('message')
  })
})

describe('a person', () => {
  it('is none of these, in all the speech there is, loud or soft, by any line', () => {
    const all = readdirSync(PROMPTS, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.wav'),
    )
    for (const name of all) {
      const said = joinSounds(silence(900), spoken(name), silence(700))
      expect(judge(said), name).toBe('message')
      // A single syllable that is hardly heard ("sechs") may pass for none.
      const soft = spoken(name).length < SYLLABLE ? ['message', 'nothing-said'] : ['message']
      expect(soft, name).toContain(judge(louder(said, 0.1)))
      expect(judge(said, { noise: 60 }), name).toBe('message')
    }
  })

  it('may speak for a second over the tones of a machine, or of an exchange, or over noise', () => {
    const second = speech.subarray(8 * 400, 8 * 1400)
    const machines = [
      tone([1100], 15_000, { cadence: [500, 3000] }),
      tone([425], 15_000, { cadence: [480, 480] }),
      silence(15_000),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...machines), fc.nat(13_000), fc.constantFrom(0, 100), (pcm, at, noise) => {
        expect(judge(mixSounds(pcm, joinSounds(silence(at), second)), { noise })).toBe('message')
      }),
      { numRuns: 60 },
    )
  })

  it('may say it all again, a little slower, a little later', () => {
    for (const by of [1.01, 1.02, 1.05]) {
      const again = resample(speech, 8000, Math.round(8000 * by))
      for (const pause of [200, 733]) expect(judge(joinSounds(speech, silence(pause), again))).toBe('message')
    }
  })

  it('may whistle, sing high, type keys, or have music and an alarm behind', () => {
    const keys = [...'0815#4711'].map((key, i) =>
      joinSounds(keyTone(key, 120 + 17 * i), silence(150 + 90 * (i % 4))),
    )
    const tune = [523, 587, 659, 698, 784, 659, 587, 698].map((hz, i) =>
      tone([hz, 2 * hz], 200 + 130 * (i % 3)),
    )
    const whistle = Array.from({ length: 60 }, (_, i) => tone([900 + 300 * Math.sin(i / 4)], 100))
    const alarm = tone([2900], 20_000, { cadence: [500, 500] })
    for (const pcm of [
      joinSounds(...keys),
      joinSounds(...keys, ...keys, ...keys),
      joinSounds(...tune),
      joinSounds(...tune, ...tune, ...tune, ...tune, ...tune),
      joinSounds(...whistle),
      louder(joinSounds(...whistle, silence(400), ...whistle), 0.05),
      alarm,
      mixSounds(joinSounds(...tune, ...tune, ...tune, ...tune), louder(speech, 0.4)),
      // A caller's short cry, over and over.
      joinSounds(...Array.from({ length: 8 }, () => joinSounds(speech.subarray(0, 8 * 2000), silence(1000)))),
    ])
      expect(judge(pcm)).toBe('message')
  })

  it('is judged as ever where the mailbox does not want machines told apart', () => {
    const asEver = (pcm: Int16Array) => judgeTake(hearTake(pcm), { shortestMs: 1000 })
    expect(asEver(tone([1100], 15_000, { cadence: [500, 3000] }))).toBe('message')
    expect(asEver(joinSounds(speech, speech, speech))).toBe('message')
    expect(asEver(silence(8000))).toBe('nothing-said')
    expect(asEver(tone([425], 8000, { cadence: [480, 480] }))).toBe('nothing-said')
  })
})
