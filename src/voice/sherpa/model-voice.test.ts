import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { pitchesIn } from '../../../test/helpers/pitches-in.ts'
import { pitchOf, tinyVoice, writeTinyVoice } from '../../../test/helpers/speech-model/tiny-voice.ts'
import { readWav } from '../../media/wav/read-wav.ts'
import { systemClock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { modelVoice } from './model-voice.ts'
import type { Speaker } from './start-speaker.ts'
import { tryVoice } from './try-voice.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerphone-voice-'))
const kinds = ['characters', 'lexicon'] as const
for (const kind of kinds) writeTinyVoice(join(folder, kind), kind)
afterAll(() => rmSync(folder, { recursive: true }))

const open = (kind: (typeof kinds)[number]) =>
  modelVoice({ model: async () => tinyVoice(join(folder, kind), kind), clock: systemClock })
const pitchesOf = (wav: Buffer) => {
  const { samples, sampleRate } = readWav(wav)
  return pitchesIn(samples, sampleRate)
}
const processes = () =>
  execFileSync('ps', ['-o', 'pid=,ni=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('speaker-process'))
    .map((line) => line.trim().split(/\s+/))

describe('the voice of a model, by sherpa-onnx itself', () => {
  it.each(kinds)('reads what it is given: with %s', async (kind) => {
    const voice = open(kind)
    expect(pitchesOf(await voice.speak('aaaa zzzz'))).toEqual([pitchOf('a'), pitchOf('z')])
    // The same process, again.
    expect(pitchesOf(await voice.speak('MMMM'))).toEqual([pitchOf('m')])
    expect(processes().map(([, niceness]) => niceness)).toEqual(['19'])
    await voice.close()
    expect(processes()).toEqual([])
  })

  it('dies of a text of which it knows nothing, and says so; the next text is read', async () => {
    const voice = open('characters')
    await expect(voice.speak('世界')).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
      details: { why: expect.stringContaining('Failed to convert 世界') },
    })
    expect(pitchesOf(await voice.speak('bbbb'))).toEqual([pitchOf('b')])
    await voice.close()
  })

  it('that sherpa-onnx can’t load says why', async () => {
    const broken = join(folder, 'broken')
    writeTinyVoice(broken, 'characters')
    writeFileSync(join(broken, 'tokens.txt'), 'ab 0\n')
    const voice = modelVoice({ model: async () => tinyVoice(broken, 'characters'), clock: systemClock })
    await expect(voice.speak('aaaa')).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
      details: { why: expect.stringMatching(/ended with 255: .*tokens/) },
    })
    await voice.close()
    expect(processes()).toEqual([])
  })
})

describe('a voice that is tried', () => {
  it('reads a sentence', async () => {
    const trial = await tryVoice(tinyVoice(join(folder, 'characters'), 'characters'), systemClock)
    expect(trial).toEqual({ tookMs: expect.any(Number), soundMs: 3100 })
    expect(processes()).toEqual([])
  })

  it('and is silent is no voice', async () => {
    const mute = join(folder, 'mute')
    writeTinyVoice(mute, 'characters', { loudness: 0 })
    await expect(tryVoice(tinyVoice(mute, 'characters'), systemClock)).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
      details: { why: expect.stringContaining('nothing is heard') },
    })
  })
})

describe('the voice of a model that takes too long', () => {
  it('is told of and killed; one that is idle gives its memory back', async () => {
    const clock = fakeClock()
    const killed: string[] = []
    const said = { kind: 'said', samples: new Int16Array(8), sampleRate: 8000 } as const
    const voice = modelVoice({
      model: async () => tinyVoice(folder, 'characters'),
      clock,
      async start(): Promise<Speaker> {
        const death = Promise.withResolvers<never>()
        death.promise.catch(() => undefined)
        return {
          say: async (text) => (text === 'long' ? death.promise : said),
          ended: death.promise.catch(() => undefined),
          kill() {
            killed.push('killed')
            death.reject(new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'SIGKILL' }))
          },
        }
      },
    })
    await voice.speak('short')
    await clock.advanceAsync(59_000)
    expect(killed).toEqual([])
    await clock.advanceAsync(1000)
    expect(killed).toEqual(['killed'])
    const long = expect(voice.speak('long')).rejects.toMatchObject({
      code: 'AP_VOICE_FAILED',
      details: { why: 'it took longer than 180 s' },
    })
    await clock.advanceAsync(180_000)
    await clock.advanceAsync(180_000)
    await long
    expect(killed.length).toBeGreaterThan(1)
    await voice.close()
    expect(clock.pending).toBe(0)
  })
})
