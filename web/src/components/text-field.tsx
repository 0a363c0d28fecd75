import type { Signal } from '@preact/signals'
import { useId } from 'preact/hooks'

interface TextFieldProps {
  readonly label: string
  readonly value: Signal<string>
  readonly type?: 'text' | 'password'
  readonly autocomplete: string
  readonly autofocus?: boolean
  readonly minLength?: number
  readonly maxLength: number
  /** Said below the field; `tone` colours it. */
  readonly hint?: string
  readonly tone?: 'calm' | 'good' | 'wrong'
}

/** A labelled line of text in a form, bound to a signal. */
export function TextField(props: TextFieldProps) {
  const { label, value, type = 'text', autocomplete, autofocus = false, minLength, maxLength, hint } = props
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        {...(type === 'password' ? { type: 'password' as const } : { type: 'text' as const })}
        value={value}
        required
        // The form is all that the screen holds.
        autofocus={autofocus}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        maxLength={maxLength}
        {...(minLength === undefined ? {} : { minLength })}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        {...(props.tone === 'wrong' ? { 'aria-invalid': 'true' } : {})}
        onInput={(event) => {
          value.value = event.currentTarget.value
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} class={`field-hint field-${props.tone ?? 'calm'}`}>
          {hint}
        </p>
      )}
    </div>
  )
}
