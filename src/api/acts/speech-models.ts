import { AnswerphoneError } from '../../shared/errors.ts'
import { type AddModel, addModel, type Trial } from '../../sherpa/models/add-model.ts'
import type { InstalledModel } from '../../sherpa/models/installed-models.ts'
import type { KeptTranscription } from '../../transcribe/settings.ts'
import type { KeptVoice } from '../../voice/settings.ts'
import { type AuditTools, note } from './audit.ts'

type Tools = AuditTools & {
  readonly keptTranscription: KeptTranscription
  readonly keptVoice: KeptVoice
  readonly clock: AddModel['clock']
}

/** Installs a model, and writes down that somebody did. Rejects as addModel does. */
export async function addSpeechModel(
  tools: Tools,
  options: Omit<AddModel, 'clock'>,
): Promise<InstalledModel & { readonly trial: Trial }> {
  const added = await addModel(tools.keptTranscription.models, { ...options, clock: tools.clock })
  await note(tools, 'settings-changed', { detail: `speech model ${added.name}: added` })
  return added
}

/** Rejects with AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_IN_USE. */
export async function removeSpeechModel(tools: Tools, name: string): Promise<void> {
  const { keptTranscription, keptVoice } = tools
  const { by, speechModel } = await keptTranscription.read()
  const inUse = (does: string) => new AnswerphoneError('AP_SPEECH_MODEL_IN_USE', { name, does })
  if (by === 'model' && speechModel === name) throw inUse('writes what callers say')
  if (Object.values(await keptVoice.read()).includes(name)) throw inUse('reads greetings aloud')
  await keptTranscription.models.remove(name)
  await note(tools, 'settings-changed', { detail: `speech model ${name}: removed` })
}
