import { signal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { press } from './phone.ts'

const KEYS = [...'123456789*0#']
const LETTERS = ['', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ', '', '', '']

/** What was pressed so far. */
const pressed = signal('')

/** A telephone's keys: to be touched, or typed while it is there. */
export function Keypad({ leg: { id } }: { readonly leg: PhoneLeg }) {
  // Before it is painted: who opens it and types at once is heard from the first key.
  useLayoutEffect(() => {
    pressed.value = ''
    const onKey = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event
      if (ctrlKey || metaKey || altKey || !KEYS.includes(key)) return
      if (target instanceof Element && target.closest('input, textarea, select')) return
      send(id, key)
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [id])
  return (
    <fieldset class="keypad" aria-label={words.value.phone.keypad}>
      <output class="keypad-pressed number">{pressed.value}</output>
      {KEYS.map((key, place) => (
        <button key={key} type="button" class="keypad-key" onClick={() => send(id, key)}>
          {key}
          <span class="keypad-letters" aria-hidden="true">
            {LETTERS[place]}
          </span>
        </button>
      ))}
    </fieldset>
  )
}

const SHOWN_AT_MOST = 24

function send(id: number, key: string): void {
  press(id, key)
  pressed.value = `${pressed.value}${key}`.slice(-SHOWN_AT_MOST)
}
