import type { VoiceSettings } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { languages } from '../i18n/words.ts'
import { useKept, voice } from './collections.ts'
import { Select } from './fields.tsx'
import { useAct } from './form.tsx'
import { settingsWords } from './words/settings-words.ts'

/** Which model reads texts in which language; a choice counts at once. */
export function VoiceChoice() {
  const t = settingsWords.value.greetings.voice
  const known = useKept(voice)
  const { failure, busy, run } = useAct()
  if (known === null) return null
  const choose = async (language: Language, name: string, model: string) => {
    await api.changeVoice({ models: { [language]: model === '' ? null : model } })
    await voice.read()
    return t.saved(name)
  }
  return (
    <>
      <h2 class="panel-heading">{t.heading}</h2>
      <div class="plate">
        {namesOf(known).length === 0 && !known.command ? (
          <p class="field-hint field-calm">{t.none}</p>
        ) : (
          <div class="plate-pair">
            {languages.map(({ id, name }) => (
              <Select
                key={id}
                label={t.texts(name)}
                value={known.models[id] ?? ''}
                options={[
                  { value: '', name: known.command ? t.command : t.nobody },
                  ...namesOf(known).map((value) => ({ value, name: value })),
                ]}
                disabled={busy}
                onChoose={(model) => void run(() => choose(id, name, model))}
              />
            ))}
          </div>
        )}
        <p class="form-failure" role="alert">
          {failure}
        </p>
      </div>
    </>
  )
}

type Language = keyof VoiceSettings['models']

/** One that was taken away by hand is still what is set. */
function namesOf({ installed, models }: VoiceSettings): readonly string[] {
  const set = Object.values(models).filter((name) => name !== null)
  return [...new Set([...installed.map(({ name }) => name), ...set])]
}
