import type { Line } from '../../../src/api/contract.ts'
import { Select } from './fields.tsx'
import { settingsWords } from './words/settings-words.ts'

type Internal = Pick<Line, 'internal' | 'internalDigits'>

interface InternalChoiceProps extends Internal {
  readonly disabled: boolean
  readonly onChange: (change: Partial<Internal>) => void
}

const USES = ['ring', 'answer', 'ignore'] as const
const DIGITS = ['0', '2', '3', '4', '5', '6'] as const

/** What becomes of calls from within: folded up where nobody calls from within. */
export function InternalChoice({ internal, internalDigits, disabled, onChange }: InternalChoiceProps) {
  const t = settingsWords.value.internal
  const given = `${internalDigits}`
  const choices = DIGITS.some((digits) => digits === given) ? DIGITS : [given, ...DIGITS].sort()
  return (
    <details class="plate" open={internalDigits > 0}>
      <summary>{t.title}</summary>
      <Select
        label={t.who}
        hint={t.whoHint}
        value={given}
        options={choices.map((digits) => ({ value: digits, name: t.digits(Number(digits)) }))}
        disabled={disabled}
        onChoose={(digits) => onChange({ internalDigits: Number(digits) })}
      />
      {internalDigits > 0 && (
        <Select
          label={t.label}
          hint={t.hints[internal]}
          value={internal}
          options={USES.map((use) => ({ value: use, name: t.uses[use] }))}
          disabled={disabled}
          onChoose={(use) => onChange({ internal: use })}
        />
      )}
    </details>
  )
}
