import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { pitchesIn } from '../../../test/helpers/pitches-in.ts'
import { installAsIs } from '../../../test/helpers/speech-model/install-as-is.ts'
import { writeTinySpeechModel } from '../../../test/helpers/speech-model/tiny-speech-model.ts'
import { pitchOf, writeTinyVoice } from '../../../test/helpers/speech-model/tiny-voice.ts'
import { readWav } from '../../media/wav/read-wav.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const send = (
  method: 'GET' | 'PATCH' | 'POST',
  path: string,
  payload?: object,
  headers: object = desk.asToken,
) => desk.api.inject({ method, url: `/api/v1${path}`, headers: { ...headers }, ...(payload && { payload }) })
const ask = async (...request: Parameters<typeof send>) => {
  const answer = await send(...request)
  return { status: answer.statusCode, ...answer.json() }
}
const install = (name: string, write: (into: string) => void) => installAsIs(desk.folder, name, write)

it('the voice is a model for each language, and reads what is posted', async () => {
  expect(await ask('GET', '/voice')).toMatchObject({
    ...{ models: { en: null, de: null }, installed: [], command: false, languages: [] },
  })
  expect(await ask('GET', '/about')).toMatchObject({ voice: false })
  await install('ada', (into) => writeTinyVoice(into, 'lexicon'))
  await install('ear', (into) => writeTinySpeechModel(into, 'whole'))
  expect(await ask('PATCH', '/voice', { models: { en: 'ada' } })).toMatchObject({
    ...{ status: 200, models: { en: 'ada', de: null }, languages: ['en'] },
    installed: [{ name: 'ada', kind: 'vits', language: 'en' }],
  })
  expect(await ask('GET', '/about')).toMatchObject({ voice: true })
  // Those that listen stand elsewhere.
  expect((await ask('GET', '/transcription')).speechModels).toMatchObject([{ name: 'ear' }])

  const spoken = await send('POST', '/spoken-text', { text: 'cccc', language: 'en' })
  expect(spoken.headers['content-type']).toBe('audio/wav')
  const { samples, sampleRate } = readWav(spoken.rawPayload)
  expect(pitchesIn(samples, sampleRate)).toEqual([pitchOf('c')])
  expect(await ask('POST', '/spoken-text', { text: 'cccc', language: 'de' })).toMatchObject({
    ...{ status: 409, code: 'AP_VOICE_MISSING' },
  })
  expect(await ask('PATCH', '/voice', { models: { en: null } })).toMatchObject({ languages: [] })
})

it('is chosen among voices that are there, by owners', async () => {
  await install('ear', (into) => writeTinySpeechModel(into, 'whole'))
  await install('ada', (into) => writeTinyVoice(into, 'lexicon'))
  expect(await ask('PATCH', '/voice', { models: { de: 'ear' } })).toMatchObject({
    ...{ status: 409, code: 'AP_SPEECH_MODEL_UNFIT' },
  })
  expect(await ask('PATCH', '/voice', { models: { en: 'none' } })).toMatchObject({
    ...{ status: 404, code: 'AP_SPEECH_MODEL_MISSING' },
  })
  expect(await ask('PATCH', '/transcription', { speechModel: 'ada' })).toMatchObject({
    ...{ status: 409, code: 'AP_SPEECH_MODEL_UNFIT' },
  })
  expect((await ask('GET', '/voice')).models).toEqual({ en: null, de: null })
  const member = await desk.logIn('mia', 'member')
  expect((await ask('PATCH', '/voice', { models: { en: 'ada' } }, member)).status).toBe(403)
})
