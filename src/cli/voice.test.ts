import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { pitchesIn } from '../../test/helpers/pitches-in.ts'
import { packModel } from '../../test/helpers/speech-model/pack-model.ts'
import { writeTinySpeechModel } from '../../test/helpers/speech-model/tiny-speech-model.ts'
import { pitchOf, writeTinyVoice } from '../../test/helpers/speech-model/tiny-voice.ts'
import { readWav } from '../media/wav/read-wav.ts'

const shell = emptyShell()
const { run } = shell
const pack = (name: string, write: (into: string) => void) => packModel(join(shell.folder, name), write)

it('a voice is added, listed, chosen, reads what is typed, and is removed', async () => {
  const tiny = await pack('tiny-de.tar.gz', (into) => writeTinyVoice(into, 'characters'))
  const added = await run('models', 'add', tiny)
  expect(added.out).toContain('The model tiny-de is installed: vits, 0.0 MB.')
  expect(added.out).toMatch(/It is a voice, and read a sentence [\d.]+ times as fast/)
  expect(added.out).toContain('answerphone voice set --model tiny-de')
  expect((await run('models', 'list', '--json')).json()).toMatchObject([
    { id: 'tiny-de', for: 'speaking', kind: 'vits', language: 'de', inUse: false },
  ])

  const say = (...flags: string[]) => run('greetings', 'add', 'away', '--say', 'aaaa zzzz', ...flags)
  expect((await say('--language', 'de')).err).toContain(
    'AP_VOICE_MISSING: No voice is set up that reads this language (de)',
  )
  expect((await run('voice', 'set', '--model', 'tiny-de')).out).toBe(
    'Texts in German are read by the model tiny-de.\n',
  )
  expect((await run('models', 'list')).out).toMatch(/^tiny-de +speaking, de .* yes$/m)
  expect((await run('voice', 'show')).json()).toMatchObject({
    models: { en: null, de: 'tiny-de' },
    installed: [{ name: 'tiny-de', language: 'de' }],
  })
  expect((await say('--language', 'de')).out).toMatch(/^Greeting away is there: 0:0\d long/)
  const wav = join(shell.folder, 'away.wav')
  await run('greetings', 'audio', 'away', '--out', wav)
  const { samples, sampleRate } = readWav(readFileSync(wav))
  expect(pitchesIn(samples, sampleRate)).toEqual([pitchOf('a'), pitchOf('z')])

  // For another language than its own, at a word.
  expect((await say('--language', 'en')).err).toContain('AP_VOICE_MISSING')
  await run('voice', 'set', '--model', 'tiny-de', '--language', 'en')
  expect((await run('voice', 'off', '--language', 'de')).out).toBe(
    'Texts in German are read by no model any more.\n',
  )
  expect((await run('models', 'remove', 'tiny-de')).err).toMatch(
    /AP_SPEECH_MODEL_IN_USE.*reads greetings aloud/,
  )
  expect((await run('voice', 'off')).out).toBe('Texts in English and German are read by no model any more.\n')
  expect((await run('models', 'remove', 'tiny-de')).out).toBe('The model tiny-de is removed.\n')
  expect(existsSync(join(shell.data(), 'models', 'tiny-de'))).toBe(false)
  expect((await run('audit', 'list')).out).toContain('voice: de')
})

it('what is no voice, is broken or does not say what it speaks is refused', async () => {
  const ear = await pack('ear.tar', (into) => writeTinySpeechModel(into, 'whole'))
  await run('models', 'add', ear)
  await run('models', 'add', await pack('tiny.tar', (into) => writeTinyVoice(into, 'lexicon')))
  expect((await run('voice', 'set', '--model', 'ear')).err).toMatch(
    /AP_SPEECH_MODEL_UNFIT.*it listens, and has no voice/,
  )
  expect((await run('voice', 'set', '--model', 'ear', '--language', 'en')).err).toContain(
    'AP_SPEECH_MODEL_UNFIT',
  )
  expect((await run('models', 'use', 'tiny')).err).toMatch(/AP_SPEECH_MODEL_UNFIT.*it is a voice/)
  expect((await run('voice', 'set', '--model', 'none')).err).toContain('AP_SPEECH_MODEL_MISSING')
  expect((await run('models', 'list', '--json')).json().map((row: { for: string }) => row.for)).toEqual([
    ...['listening', 'speaking'],
  ])

  const broken = await pack('broken.tar', (into) => {
    writeTinyVoice(into, 'characters')
    writeFileSync(join(into, 'tokens.txt'), 'ab 0\n')
  })
  expect((await run('models', 'add', broken)).err).toMatch(
    /AP_SPEECH_MODEL_REFUSED.*sherpa-onnx can't use it: it ended/,
  )
  const mute = await pack('mute.tar', (into) => writeTinyVoice(into, 'characters', { loudness: 0 }))
  expect((await run('models', 'add', mute)).err).toMatch(/AP_SPEECH_MODEL_REFUSED.*nothing is heard/)
  const french = await pack('french.tar', (into) =>
    writeTinyVoice(into, 'characters', { metadata: { language: 'French' } }),
  )
  await run('models', 'add', french)
  expect((await run('voice', 'set', '--model', 'french')).err).toContain(
    'does not say what it speaks: give --language',
  )
  expect((await run('voice', 'set', '--model', 'french', '--language', 'de')).out).toContain(
    'by the model french',
  )
})
