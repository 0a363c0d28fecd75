import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packModel } from '../../../test/helpers/speech-model/pack-model.ts'
import { writeOnnx } from '../../../test/helpers/speech-model/write-onnx.ts'
import { addModel } from './add-model.ts'
import { openSpeechModels } from './installed-models.ts'
import { recogniseModel } from './recognise-model.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-voices-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What releases of sherpa-onnx say of themselves (its scripts that make them): Piper's, Coqui's, MMS', and that of LJ Speech. */
const PIPER = { model_type: 'vits', comment: 'piper', language: 'German', voice: 'de', has_espeak: 1 }
const COQUI = { model_type: 'vits', comment: 'coqui', language: 'German', frontend: 'characters' }
const MMS = { model_type: 'vits', comment: 'mms', language: 'deu', frontend: 'characters' }
const LJ = { model_type: 'vits', comment: 'ljspeech', language: 'English' }
const ESPEAK = ['espeak-ng-data/phontab', 'espeak-ng-data/lang/gmw/de', 'espeak-ng-data/de_dict']

function write(into: string, names: readonly string[], metadata: Record<string, string | number>): void {
  for (const name of ['tokens.txt', ...names]) {
    mkdirSync(dirname(join(into, name)), { recursive: true })
    const onnx = () => writeOnnx({ inputs: [], outputs: [], nodes: [], tensors: [], metadata })
    writeFileSync(join(into, name), name.endsWith('.onnx') ? onnx() : '')
  }
}

async function recognise(names: readonly string[], metadata: Record<string, string | number>) {
  const at = mkdtempSync(join(folder, 'voice-'))
  write(at, names, metadata)
  const found = await recogniseModel(at)
  if ('wrong' in found) return found.wrong
  return JSON.parse(JSON.stringify(found).replaceAll(`${at}/`, ''))
}

describe('a voice is recognised', () => {
  it('by what it says of itself, and by what it has to know from how words sound', async () => {
    const common = { kind: 'vits', tokens: 'tokens.txt' }
    expect(await recognise(['de_DE-thorsten-medium.onnx', ...ESPEAK], PIPER)).toEqual({
      ...{ ...common, parts: { model: 'de_DE-thorsten-medium.onnx' } },
      ...{ espeakData: 'espeak-ng-data', language: 'de' },
    })
    const one = { ...common, parts: { model: 'model.onnx' } }
    expect(await recognise(['model.onnx'], COQUI)).toEqual({ ...one, language: 'de' })
    expect(await recognise(['model.onnx'], MMS)).toEqual({ ...one, language: 'de' })
    // Of a voice one hears what was rounded.
    expect(await recognise(['vits-ljs.int8.onnx', 'vits-ljs.onnx', 'lexicon.txt'], LJ)).toEqual({
      ...{ ...common, parts: { model: 'vits-ljs.onnx' } },
      ...{ lexicon: 'lexicon.txt', language: 'en' },
    })
    expect((await recognise(['model.int8.onnx'], COQUI)).parts).toEqual({ model: 'model.int8.onnx' })
  })

  it('with its language, where it is one of ours', async () => {
    const languageOf = async (metadata: Record<string, string>) =>
      (await recognise(['model.onnx'], { ...COQUI, ...metadata })).language
    expect(await languageOf({ language: 'English', voice: 'en-gb-x-rp' })).toBe('en')
    expect(await languageOf({ language: 'eng' })).toBe('en')
    expect(await languageOf({ language: 'French', voice: 'fr' })).toBe(null)
    expect(await languageOf({ language: 'Dené' })).toBe(null)
  })

  it('as nothing else, and says what is missing', async () => {
    expect(await recognise(['model.onnx'], PIPER)).toContain('neither espeak-ng-data nor a lexicon.txt')
    expect(await recognise(['model.onnx', 'voices.bin', ...ESPEAK], { model_type: 'kokoro' })).toContain(
      'says of itself: kokoro',
    )
  })

  it('when it is added, with all of its files, and stays apart from those that listen', async () => {
    const from = await packModel(join(folder, 'vits-piper-de.tar'), (into) =>
      write(into, ['de.onnx', 'MODEL_CARD', 'de.onnx.json', ...ESPEAK], PIPER),
    )
    const models = openSpeechModels(join(folder, 'models'))
    const tryOut = async () => ({ tookMs: 1, soundMs: 1 })
    await addModel(models, { from, tryOut, clock: { now: () => 7 } })
    expect(await models.list()).toMatchObject([{ name: 'vits-piper-de', kind: 'vits', language: 'de' }])
    const at = join(models.folder, 'vits-piper-de', 'inner')
    expect(await models.locateVoice('vits-piper-de')).toEqual({
      ...{ kind: 'vits', parts: { model: join(at, 'de.onnx') }, tokens: join(at, 'tokens.txt') },
      ...{ espeakData: join(at, 'espeak-ng-data'), language: 'de' },
    })
    expect([...ESPEAK, 'MODEL_CARD', 'de.onnx.json'].map((name) => existsSync(join(at, name)))).toEqual([
      ...[true, true, true],
      ...[true, false],
    ])
    await expect(models.locateEar('vits-piper-de')).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_UNFIT' })
    await expect(models.locateVoice('none')).rejects.toMatchObject({ code: 'AP_SPEECH_MODEL_MISSING' })
  })
})
