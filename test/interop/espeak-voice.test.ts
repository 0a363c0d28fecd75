import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { addModel } from '../../src/sherpa/models/add-model.ts'
import { openSpeechModels } from '../../src/sherpa/models/installed-models.ts'
import { isVoice } from '../../src/sherpa/models/speech-model.ts'
import { commandVoice } from '../../src/voice/command-voice.ts'
import { modelVoice } from '../../src/voice/sherpa/model-voice.ts'
import { tryVoice } from '../../src/voice/sherpa/try-voice.ts'
import { describeWith } from '../helpers/peers.ts'
import { pitchesIn } from '../helpers/pitches-in.ts'
import { packModel } from '../helpers/speech-model/pack-model.ts'
import { pitchOf, writeTinyVoice } from '../helpers/speech-model/tiny-voice.ts'

/** Where this machine's espeak-ng has the data that releases of Piper's voices bring along. */
const espeakData = () =>
  / Data at: (\S+)/.exec(execFileSync('espeak-ng', ['--version'], { encoding: 'utf8' }))?.[1] ?? ''

describeWith(['espeak-ng'], 'espeak-ng', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'espeak-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['en', 'en-us', 'Hello.', 'hlo'],
    ['de', 'de', 'Hallo.', 'halo'],
  ] as const)('tells a voice of Piper’s how words sound: %s', async (language, voice, text, letters) => {
    const from = await packModel(join(folder, `vits-piper-${language}.tar.gz`), (into) => {
      writeTinyVoice(into, 'piper', {
        metadata: { language: language === 'de' ? 'German' : 'English', voice },
      })
      cpSync(espeakData(), join(into, 'espeak-ng-data'), { recursive: true })
    })
    const models = openSpeechModels(join(folder, language))
    const { name } = await addModel(models, {
      ...{ from, clock: systemClock },
      async tryOut(_name, model) {
        if (!isVoice(model)) throw new Error('it is a voice')
        return tryVoice(model, systemClock)
      },
    })
    expect(await models.list()).toMatchObject([{ name: `vits-piper-${language}`, language }])
    const read = modelVoice({ model: () => models.locateVoice(name), clock: systemClock })
    const { samples, sampleRate } = readWav(await read.speak(text))
    // Of the sounds that espeak-ng finds, it knows those that are written by letters.
    expect(pitchesIn(samples, sampleRate)).toEqual([...letters].map(pitchOf))
    await read.close()
  })

  it('is a voice command, in both languages', async () => {
    const voice = commandVoice('espeak-ng -v {lang} --stdin --stdout', systemClock)
    for (const [text, language] of [
      ['Good morning.', 'en'],
      ['Guten Morgen.', 'de'],
    ] as const) {
      const { samples, sampleRate } = readWav(await voice.speak(text, language))
      expect(samples.length / sampleRate).toBeGreaterThan(0.5)
    }
  })
})
