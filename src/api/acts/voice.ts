import { LANGUAGES, type Language } from '../../shared/language.ts'
import type { KeptVoice } from '../../voice/settings.ts'
import type { VoiceChange } from '../contract.ts'
import type { AuditTools } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

/** Has models read texts aloud, each in a language. Rejects with AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_UNFIT. */
export async function changeVoice(
  tools: AuditTools & { readonly keptVoice: KeptVoice },
  { models }: VoiceChange,
): Promise<void> {
  const { keptVoice: kept } = tools
  const before = await kept.read()
  for (const language of LANGUAGES) {
    const name = models[language]
    if (name) await kept.models.locateVoice(name)
  }
  const after: Record<Language, string | null> = { ...before, ...defined(models) }
  await kept.write(after)
  await noteChange(tools, 'settings-changed', 'voice', { before, after })
}
