import type { InstalledEar, InstalledVoice } from '../../sherpa/models/installed-models.ts'
import { isVoice, LISTENING_KINDS } from '../../sherpa/models/speech-model.ts'
import type { HouseVoice } from '../../voice/house-voice.ts'
import type { KeptVoice } from '../../voice/settings.ts'
import type { SpeechModel, VoiceModel, VoiceSettings } from '../contract.ts'
import { iso } from './instant.ts'

/** A model that listens. */
export const showEar = ({ addedAt, ...model }: InstalledEar): SpeechModel => ({
  ...model,
  isStreaming: LISTENING_KINDS[model.kind].isStreaming,
  addedAt: iso(addedAt),
})

/** One that speaks. */
export const showVoice = ({ addedAt, ...model }: InstalledVoice): VoiceModel => ({
  ...model,
  addedAt: iso(addedAt),
})

/** Who reads texts aloud. */
export async function showVoiceSettings(
  kept: KeptVoice,
  voice: Pick<HouseVoice, 'languages' | 'hasCommand'>,
): Promise<VoiceSettings> {
  return {
    models: await kept.read(),
    installed: (await kept.models.list()).filter(isVoice).map(showVoice),
    command: voice.hasCommand,
    languages: [...(await voice.languages())],
  }
}
