import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './fields.css'

interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly disabled?: boolean
}

interface TextInputProps extends FieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: 'text' | 'password'
  readonly required?: boolean
  readonly placeholder?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly autocomplete?: string
  /** Numbers, addresses and names that are typed letter by letter. */
  readonly code?: boolean
}

export function TextInput({ label, hint, value, onInput, code = false, ...input }: TextInputProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        autocomplete="off"
        {...input}
        {...(input.type === 'password' ? { type: 'password' as const } : { type: 'text' as const })}
        id={id}
        class={code ? 'input-code' : ''}
        value={value}
        autocapitalize={code ? 'none' : 'sentences'}
        spellcheck={false}
        {...described(id, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Hint id={id} text={hint} />
    </div>
  )
}

interface TextAreaProps extends FieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly required?: boolean
  readonly maxLength?: number
}

/** A few sentences. */
export function TextArea({ label, hint, value, onInput, ...area }: TextAreaProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <textarea
        {...area}
        id={id}
        rows={4}
        value={value}
        {...described(id, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Hint id={id} text={hint} />
    </div>
  )
}

interface SelectProps<Value extends string> extends FieldProps {
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly name: string }[]
  readonly onChoose: (value: Value) => void
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, value, options, onChoose, disabled = false } = props
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="select">
        <select
          id={id}
          value={value}
          disabled={disabled}
          {...described(id, hint)}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value)
            if (chosen) onChoose(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      </div>
      <Hint id={id} text={hint} />
    </div>
  )
}

interface RangeProps extends FieldProps {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  /** The value in words, beside the label and for screen readers. */
  readonly text: string
  readonly onInput: (value: number) => void
}

export function Range({
  label,
  hint,
  value,
  min,
  max,
  step = 1,
  text,
  onInput,
  disabled = false,
}: RangeProps) {
  const id = useId()
  return (
    <div class="field">
      <div class="range-top">
        <label class="field-label" for={id}>
          {label}
        </label>
        <output class="range-value" for={id}>
          {text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        class="range"
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        aria-valuetext={text}
        {...described(id, hint)}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <Hint id={id} text={hint} />
    </div>
  )
}

interface SwitchProps extends FieldProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Switch({ label, hint, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId()
  return (
    <div class="switch">
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <Hint id={id} text={hint} />
      </div>
      <input
        id={id}
        type="checkbox"
        class="switch-input"
        checked={checked}
        disabled={disabled}
        {...described(id, hint)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  )
}

interface ChecksProps extends FieldProps {
  readonly options: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Any of a few names. */
export function Checks({ label, hint, options, chosen, onChange, disabled = false }: ChecksProps) {
  const id = useId()
  return (
    <fieldset class="field" disabled={disabled} {...described(id, hint)}>
      <legend class="field-label">{label}</legend>
      <div class="checks">
        {options.map((name) => (
          <label key={name} class="checks-item">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) =>
                onChange(
                  options.filter((other) =>
                    other === name ? event.currentTarget.checked : chosen.includes(other),
                  ),
                )
              }
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <Hint id={id} text={hint} />
    </fieldset>
  )
}

export function Hint({ id, text }: { readonly id: string; readonly text: ComponentChildren }) {
  if (!text) return null
  return (
    <p id={`${id}-hint`} class="field-hint field-calm">
      {text}
    </p>
  )
}

export const described = (id: string, hint: ComponentChildren) =>
  hint ? { 'aria-describedby': `${id}-hint` } : {}
