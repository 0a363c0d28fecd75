import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { LANGUAGES, type Language } from '../shared/language.ts'
import { commandVoice } from './command-voice.ts'
import type { KeptVoice } from './settings.ts'
import { type ModelVoice, type ModelVoiceOptions, modelVoice } from './sherpa/model-voice.ts'
import type { Voice } from './voice.ts'

/** Whoever reads texts aloud in this house. */
export interface HouseVoice extends Voice, AsyncDisposable {
  /**
   * As any voice does. Rejects with AP_VOICE_MISSING where nobody reads this language, AP_VOICE_BUSY while a text is read for others,
   * AP_VOICE_FAILED, and AP_SPEECH_* where a model can't be had.
   */
  speak(text: string, language: Language): Promise<Buffer>
  /** In which languages somebody reads. */
  languages(): Promise<readonly Language[]>
  /** Whether a command reads what no model does. */
  readonly hasCommand: boolean
}

export interface HouseVoiceOptions {
  /** Undefined: the machine was started without one. */
  readonly command: string | undefined
  readonly kept: KeptVoice
  readonly clock: Clock
  /** For tests. */
  readonly start?: ModelVoiceOptions['start']
}

/** A voice may take a whole core; the rest belongs to the calls. */
const MOST_AT_ONCE = 1

/**
 * A text is read by the model that is chosen for its language; where none is, by the command. So what is chosen by name always counts, and the
 * command speaks what is left.
 */
export function openHouseVoice({ command, kept, clock, start }: HouseVoiceOptions): HouseVoice {
  const byCommand = command === undefined ? undefined : commandVoice(command, clock)
  let speaking = 0
  /** Of models, one is loaded at a time. */
  let loaded: { readonly name: string; readonly voice: ModelVoice } | undefined

  async function unload(): Promise<void> {
    await loaded?.voice.close()
    loaded = undefined
  }

  async function speakByModel(name: string, text: string): Promise<Buffer> {
    if (loaded?.name !== name) await unload()
    const model = () => kept.models.locateVoice(name)
    loaded ??= { name, voice: modelVoice({ model, clock, ...(start && { start }) }) }
    try {
      return await loaded.voice.speak(text)
    } catch (error) {
      // Who tries again is a person, and is not to wait because it died before.
      await unload()
      throw error
    }
  }

  return {
    hasCommand: byCommand !== undefined,
    async languages() {
      const chosen = await kept.read()
      return LANGUAGES.filter((language) => byCommand !== undefined || chosen[language] !== null)
    },
    async speak(text, language) {
      if (speaking >= MOST_AT_ONCE) throw new AnswerphoneError('AP_VOICE_BUSY')
      speaking++
      try {
        const { [language]: model } = await kept.read()
        if (model !== null) return await speakByModel(model, text)
        if (!byCommand) throw new AnswerphoneError('AP_VOICE_MISSING', { language })
        return await byCommand.speak(text, language)
      } finally {
        speaking--
      }
    },
    [Symbol.asyncDispose]: unload,
  }
}
