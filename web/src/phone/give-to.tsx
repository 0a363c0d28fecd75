import { signal } from '@preact/signals'
import { dialWords } from '../dialling/words/dial-words.ts'
import { phones, useKept } from '../settings/collections.ts'
import { announce } from '../state/announcement.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { showToast } from '../state/toasts.ts'
import { give } from './phone.ts'

/** To which phone a caller is just being given. */
const giving = signal<{ readonly legId: number; readonly phone: string } | null>(null)

/** The phones to which the caller can be given: those that are connected. */
export function GiveTo({ leg: { id } }: { readonly leg: PhoneLeg }) {
  const dial = dialWords.value
  const known = useKept(phones)
  if (known === null) return null
  const there = known.filter(({ devices }) => devices.length > 0)
  const current = giving.value?.legId === id ? giving.value.phone : null
  return (
    <fieldset class="give-to" aria-label={dial.give}>
      {there.length === 0 && <p>{dial.nobodyToGive}</p>}
      {there.map(({ name }) => (
        <button
          key={name}
          type="button"
          class="button"
          disabled={current !== null}
          onClick={() => giveCaller(id, name)}
        >
          {dial.giveTo(name)}
        </button>
      ))}
      <p class="give-says" role="status">
        {current !== null && dial.giving(current)}
      </p>
    </fieldset>
  )
}

function giveCaller(legId: number, phone: string): void {
  giving.value = { legId, phone }
  const over = () => {
    if (giving.value?.legId === legId) giving.value = null
  }
  give(legId, phone, {
    onTaken() {
      over()
      announce(dialWords.value.given(phone))
    },
    onRefused() {
      over()
      showToast({ text: dialWords.value.notGiven(phone), tone: 'failed' })
    },
  })
}
