import { AnswerphoneError } from '../../shared/errors.ts'
import { type AddModel, addModel, type Trial } from '../../transcribe/models/add-model.ts'
import type { InstalledModel } from '../../transcribe/models/installed-models.ts'
import type { KeptTranscription } from '../../transcribe/settings.ts'
import { type AuditTools, note } from './audit.ts'

type Tools = AuditTools & { readonly keptTranscription: KeptTranscription; readonly clock: AddModel['clock'] }

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
  const { models, read } = tools.keptTranscription
  const { by, speechModel } = await read()
  if (by === 'model' && speechModel === name) throw new AnswerphoneError('AP_SPEECH_MODEL_IN_USE', { name })
  await models.remove(name)
  await note(tools, 'settings-changed', { detail: `speech model ${name}: removed` })
}
