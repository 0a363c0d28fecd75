import type { LinePreset } from '../../../../src/api/contract.ts'
import { language } from '../../i18n/words.ts'
import { presets, useKept } from '../collections.ts'
import { Select } from '../fields.tsx'
import { presetWords } from './words/preset-words.ts'
import './presets.css'

interface PresetPickerProps {
  readonly chosen: LinePreset | null
  readonly onChoose: (preset: LinePreset | null) => void
}

/** The telephone systems and providers that are known, and what to do at the one that is chosen. */
export function PresetPicker({ chosen, onChoose }: PresetPickerProps) {
  const t = presetWords.value
  const known = useKept(presets) ?? []
  return (
    <div class="plate">
      <Select
        label={t.from}
        hint={t.fromHint}
        value={chosen?.id ?? ''}
        options={[{ value: '', name: t.choose }, ...known.map(({ id, name }) => ({ value: id, name }))]}
        onChoose={(id) => onChoose(known.find((preset) => preset.id === id) ?? null)}
      />
      {chosen && <Steps preset={chosen} />}
    </div>
  )
}

function Steps({ preset: { steps, facts, sources } }: { readonly preset: LinePreset }) {
  const t = presetWords.value
  const spoken = language.value
  return (
    <div class="preset">
      <h2 class="field-label">{t.steps}</h2>
      <ol class="preset-steps">
        {steps.map((step) => (
          <li key={step.en}>{step[spoken]}</li>
        ))}
      </ol>
      {facts.map((fact) => (
        <p key={fact.en} class="field-hint field-calm">
          {fact[spoken]}
        </p>
      ))}
      {sources.length > 0 && (
        <p class="field-hint field-calm">
          {t.sources}{' '}
          {sources.map((url) => (
            <a key={url} class="text-link preset-source" href={url} target="_blank" rel="noreferrer">
              {new URL(url).hostname}
            </a>
          ))}
        </p>
      )}
    </div>
  )
}
