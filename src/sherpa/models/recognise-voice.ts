import { dirname, join } from 'node:path'
import type { Language } from '../../shared/language.ts'
import type { VoiceModel, Wrong } from './speech-model.ts'

/** As espeak-ng calls a voice (`en-us`), as a release calls its language (`German`), or as ISO 639-3 does (`deu`). */
const SPOKEN: readonly (readonly [RegExp, Language])[] = [
  [/^(?:en|eng|english)(?:[-_]|$)/i, 'en'],
  [/^(?:de|deu|german)(?:[-_]|$)/i, 'de'],
]

/**
 * A voice of the VITS kind, as sherpa-onnx releases those of Piper (with espeak-ng's data), Coqui and MMS (which read characters), and others
 * with a lexicon. A voice that is there whole and with small numbers (int8) is taken whole: one hears the difference.
 *
 * @param files all in the folder; `models` are the .onnx ones beside `tokens`
 */
export function recogniseVoice({
  folder,
  files,
  tokens,
  models,
  metadata,
}: {
  readonly folder: string
  readonly files: readonly string[]
  readonly tokens: string
  readonly models: readonly string[]
  readonly metadata: ReadonlyMap<string, string>
}): VoiceModel | Wrong {
  const beside = (name: string) => join(dirname(tokens), name)
  const [first = ''] = models
  const model = join(folder, models.find((file) => !/int8/.test(file)) ?? first)
  const common = {
    kind: 'vits',
    parts: { model },
    tokens: join(folder, tokens),
    language: languageOf(metadata),
  } as const
  if (metadata.get('frontend') === 'characters') return common
  if (files.includes(beside('espeak-ng-data/phontab')))
    return { ...common, espeakData: join(folder, beside('espeak-ng-data')) }
  if (files.includes(beside('lexicon.txt')))
    return { ...common, lexicon: join(folder, beside('lexicon.txt')) }
  return {
    wrong: 'it is a voice, and has neither espeak-ng-data nor a lexicon.txt to know from how words sound',
  }
}

function languageOf(metadata: ReadonlyMap<string, string>): Language | null {
  const said = [metadata.get('voice'), metadata.get('language')]
  for (const name of said)
    for (const [pattern, language] of SPOKEN) if (name !== undefined && pattern.test(name)) return language
  return null
}
