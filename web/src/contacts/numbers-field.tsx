import { useRef } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { contactWords } from './words/contact-words.ts'
import './contacts.css'

/** As many as the server takes. */
const MOST = 20

interface NumbersFieldProps {
  readonly numbers: readonly string[]
  readonly onChange: (numbers: readonly string[]) => void
}

/** The numbers of a contact, one field each, the most important first. */
export function NumbersField({ numbers, onChange }: NumbersFieldProps) {
  const t = contactWords.value
  const list = useRef<HTMLUListElement>(null)
  const focusEntry = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[at]?.focus())
  return (
    <fieldset class="field">
      <legend class="field-label">{t.numbers}</legend>
      <ul ref={list} class="contact-numbers">
        {numbers.map((number, at) => (
          <li key={at} class="contact-number">
            <input
              type="text"
              inputMode="tel"
              class="input-code"
              value={number}
              aria-label={t.number(at + 1)}
              required={at === 0}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={64}
              placeholder="+49 30 1234567"
              onInput={(event) => onChange(numbers.with(at, event.currentTarget.value))}
            />
            {numbers.length > 1 && (
              <button
                type="button"
                class="icon-button"
                aria-label={t.removeNumber(number)}
                onClick={() => {
                  onChange(numbers.toSpliced(at, 1))
                  focusEntry(Math.max(0, at - 1))
                }}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {numbers.length < MOST && (
        <button
          type="button"
          class="button button-quiet contact-more"
          onClick={() => {
            onChange([...numbers, ''])
            focusEntry(numbers.length)
          }}
        >
          <Icon name="plus" />
          {t.addNumber}
        </button>
      )}
    </fieldset>
  )
}
