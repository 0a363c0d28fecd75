import { useId } from 'preact/hooks'
import { described, Hint } from './fields.tsx'

interface MomentFieldProps {
  readonly type: 'time' | 'date'
  readonly label: string
  readonly hint?: string | undefined
  /** HH:MM or YYYY-MM-DD */
  readonly value: string
  readonly min?: string
  readonly disabled: boolean
  readonly onInput: (value: string) => void
}

/** A time of the day, or a date. */
export function MomentField({ label, hint, value, onInput, ...input }: MomentFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        class="input-code"
        value={value}
        required
        {...described(id, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Hint id={id} text={hint} />
    </div>
  )
}
