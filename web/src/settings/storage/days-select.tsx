import { Select } from '../fields.tsx'
import { storageWords } from './words/storage-words.ts'

interface DaysSelectProps {
  readonly label: string
  readonly hint: string
  /** Null: for good. */
  readonly days: number | null
  readonly offered: readonly number[]
  readonly disabled: boolean
  readonly onChoose: (days: number | null) => void
}

/** For how many days something stays; what is set is among the choices. */
export function DaysSelect({ label, hint, days, offered, disabled, onChoose }: DaysSelectProps) {
  const t = storageWords.value
  const lengths = [...new Set([...offered, ...(days === null ? [] : [days])])].sort((a, b) => a - b)
  return (
    <Select
      label={label}
      hint={hint}
      value={days === null ? '' : String(days)}
      options={[
        { value: '', name: t.ever },
        ...lengths.map((length) => ({
          value: String(length),
          name: length === 0 ? t.atOnce : t.days(length),
        })),
      ]}
      disabled={disabled}
      onChoose={(value) => onChoose(value === '' ? null : Number(value))}
    />
  )
}
