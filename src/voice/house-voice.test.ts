import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { installAsIs } from '../../test/helpers/speech-model/install-as-is.ts'
import { writeTinyVoice } from '../../test/helpers/speech-model/tiny-voice.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Language } from '../shared/language.ts'
import { openSpeechModels } from '../sherpa/models/installed-models.ts'
import { type HouseVoiceOptions, openHouseVoice } from './house-voice.ts'
import { keepVoice } from './settings.ts'

/** Reads everything in 48 kHz, by which it is known. */
const COMMAND = `echo ${Buffer.from(writeWav(new Int16Array(8), 48_000)).toString('base64')} | base64 -d`
const COMMAND_RATE = 48_000

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-house-voice-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Two voices are installed, `german` and `english`; scripted processes speak in 8 kHz and 16 kHz, and die of "die". */
async function house(options: Partial<HouseVoiceOptions> = {}) {
  const rows = new Map<string, string>()
  const settings = {
    get: async (key: string) => rows.get(key) ?? null,
    set: async (key: string, value: string) => void rows.set(key, value),
  }
  const models = openSpeechModels(join(folder, 'models'))
  for (const [name, kind] of [
    ['german', 'characters'],
    ['english', 'lexicon'],
  ] as const)
    await installAsIs(folder, name, (into) => writeTinyVoice(into, kind))
  const kept = keepVoice({ settings } as Parameters<typeof keepVoice>[0], models)
  const running: string[] = []
  const clock = fakeClock()
  const voice = openHouseVoice({
    ...{ command: undefined, kept, clock, ...options },
    async start({ language }) {
      const name = `${language}`
      running.push(name)
      const { promise: ended, resolve: die } = Promise.withResolvers<void>()
      void ended.then(() => running.splice(running.indexOf(name), 1))
      return {
        async say(text) {
          if (text !== 'die')
            return { kind: 'said', samples: new Int16Array(8), sampleRate: language === 'de' ? 8000 : 16_000 }
          die()
          throw new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'scripted' })
        },
        ended,
        kill: die,
      }
    },
  })
  const rateOf = async (language: Language, text = 'hello') =>
    readWav(await voice.speak(text, language)).sampleRate
  return { voice, kept, running, rateOf, clock }
}

describe('the voice of the house', () => {
  it('is for each language the model that is chosen, else the command, else nobody', async () => {
    const { voice, kept, rateOf } = await house({ command: COMMAND })
    expect([await rateOf('en'), await rateOf('de')]).toEqual([COMMAND_RATE, COMMAND_RATE])
    await kept.write({ en: null, de: 'german' })
    expect([await rateOf('en'), await rateOf('de')]).toEqual([COMMAND_RATE, 8000])
    await kept.write({ en: 'english', de: 'german' })
    expect([await rateOf('en'), await rateOf('de')]).toEqual([16_000, 8000])
    await kept.write({ en: 'german', de: null })
    expect([await rateOf('en'), await rateOf('de')]).toEqual([8000, COMMAND_RATE])
    await voice[Symbol.asyncDispose]()
  })

  it('says in which languages it reads, and refuses the others', async () => {
    const { voice, kept, rateOf, clock } = await house()
    expect([voice.hasCommand, await voice.languages()]).toEqual([false, []])
    await kept.write({ en: null, de: 'german' })
    expect(await voice.languages()).toEqual(['de'])
    await expect(rateOf('en')).rejects.toMatchObject({
      code: 'AP_VOICE_MISSING',
      details: { language: 'en' },
    })
    await voice[Symbol.asyncDispose]()
    const commanded = openHouseVoice({ command: COMMAND, kept, clock })
    expect([commanded.hasCommand, await commanded.languages()]).toEqual([true, ['en', 'de']])
  })

  it('has one model loaded at a time, and none when it is closed', async () => {
    const { voice, kept, running, rateOf } = await house()
    await kept.write({ en: 'english', de: 'german' })
    await rateOf('en')
    await rateOf('en')
    expect(running).toEqual(['en'])
    await rateOf('de')
    expect(running).toEqual(['de'])
    await voice[Symbol.asyncDispose]()
    expect(running).toEqual([])
  })

  it('reads again at once after a text of which it died', async () => {
    const { voice, kept, rateOf, clock } = await house()
    await kept.write({ en: null, de: 'german' })
    for (let time = 0; time < 3; time++)
      await expect(rateOf('de', 'die')).rejects.toMatchObject({ code: 'AP_SPEECH_ENGINE_FAILED' })
    expect(await rateOf('de')).toBe(8000)
    await voice[Symbol.asyncDispose]()
    expect(clock.pending).toBe(0)
  })

  it('speaks for one at a time', async () => {
    const { voice, kept, rateOf } = await house()
    await kept.write({ en: 'english', de: 'german' })
    const first = rateOf('en')
    await expect(rateOf('de')).rejects.toMatchObject({ code: 'AP_VOICE_BUSY' })
    await first
    expect(await rateOf('de')).toBe(8000)
    await voice[Symbol.asyncDispose]()
  })

  it('says which model is not there any more', async () => {
    const { voice, kept, rateOf } = await house()
    await kept.write({ en: null, de: 'gone' })
    await expect(rateOf('de')).rejects.toMatchObject({
      ...{ code: 'AP_SPEECH_MODEL_MISSING', details: { name: 'gone' } },
    })
    await voice[Symbol.asyncDispose]()
  })
})
