import type { Line } from '../../../src/api/contract.ts'
import { Select } from './fields.tsx'
import { settingsWords } from './words/settings-words.ts'

type SrtpUse = Line['srtp']

interface SrtpChoiceProps {
  readonly value: SrtpUse
  readonly disabled: boolean
  readonly onChoose: (srtp: SrtpUse) => void
}

/** Whether sound is encrypted, of a line or a phone: folded up while it is what most people want. */
export function SrtpChoice({ value, disabled, onChoose }: SrtpChoiceProps) {
  const t = settingsWords.value.srtp
  const uses = ['offered', 'required', 'off'] as const
  return (
    <details class="plate" open={value !== 'offered'}>
      <summary>{t.title}</summary>
      <Select
        label={t.label}
        hint={t.hints[value]}
        value={value}
        options={uses.map((use) => ({ value: use, name: t.uses[use] }))}
        disabled={disabled}
        onChoose={onChoose}
      />
    </details>
  )
}
