import { useId, useRef } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { place } from '../i18n/words.ts'
import { described, Hint } from './fields.tsx'
import { countAddresses, explainAddress } from './trunk-address.ts'
import { settingsWords } from './words/settings-words.ts'
import './trunk-field.css'

interface TrunkFieldProps {
  readonly trunk: readonly string[]
  readonly onChange: (trunk: readonly string[]) => void
  readonly disabled?: boolean
}

/** The addresses from which a line is called, one field each; beside each stands what it means. */
export function TrunkField({ trunk, onChange, disabled = false }: TrunkFieldProps) {
  const t = settingsWords.value.lines
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const focusEntry = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[at]?.focus())
  return (
    <fieldset class="field" disabled={disabled} {...described(id, t.trunkHint)}>
      <legend class="field-label">{t.trunk}</legend>
      <Hint id={id} text={t.trunkHint} />
      <ul ref={list} class="trunk">
        {trunk.map((entry, at) => (
          <li key={at} class="trunk-entry">
            <input
              type="text"
              class="input-code"
              value={entry}
              aria-label={t.trunkEntry(at + 1)}
              aria-describedby={`${id}-${at}`}
              {...(isBad(entry) ? { 'aria-invalid': 'true' } : {})}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={64}
              placeholder="192.0.2.7"
              onInput={(event) => onChange(trunk.with(at, event.currentTarget.value))}
            />
            {trunk.length > 1 && !disabled && (
              <button
                type="button"
                class="icon-button"
                aria-label={t.trunkRemove(entry)}
                onClick={() => {
                  onChange(trunk.toSpliced(at, 1))
                  focusEntry(Math.max(0, at - 1))
                }}
              >
                <Icon name="close" />
              </button>
            )}
            <p id={`${id}-${at}`} class={`field-hint ${isBad(entry) ? 'field-wrong' : 'field-calm'}`}>
              {explain(entry)}
            </p>
          </li>
        ))}
      </ul>
      {!disabled && (
        <button
          type="button"
          class="button button-quiet trunk-add"
          onClick={() => {
            onChange([...trunk, ''])
            focusEntry(trunk.length)
          }}
        >
          <Icon name="plus" />
          {t.trunkAdd}
        </button>
      )}
    </fieldset>
  )
}

const isBad = (entry: string) => ['wrong', 'name', 'everyone'].includes(explainAddress(entry).kind)

function explain(entry: string): string {
  const { address } = settingsWords.value.lines
  const meant = explainAddress(entry)
  if (meant.kind === 'empty') return ''
  if (meant.kind === 'many') return address.many(countAddresses(meant.bits, place.value.language))
  return address[meant.kind]
}
