import { LANGUAGES, type Language } from '../shared/language.ts'
import type { SpeechModels } from '../sherpa/models/installed-models.ts'
import type { Store } from '../store/store.ts'

/** Which model reads texts in a language; null: the command does, where there is one. */
export type VoiceModels = Readonly<Record<Language, string | null>>

const KEY = 'voice'
const NONE = Object.fromEntries(LANGUAGES.map((language) => [language, null])) as VoiceModels

/** The settings in the database, and the models that are installed. */
export interface KeptVoice {
  read(): Promise<VoiceModels>
  write(chosen: VoiceModels): Promise<void>
  readonly models: SpeechModels
}

export const keepVoice = (store: Pick<Store, 'settings'>, models: SpeechModels): KeptVoice => ({
  models,
  async read() {
    const kept = await store.settings.get(KEY)
    return { ...NONE, ...(kept === null ? {} : (JSON.parse(kept) as object)) }
  },
  write: (chosen) => store.settings.set(KEY, JSON.stringify(chosen)),
})
