import { signal } from '@preact/signals'
import { Icon } from '../components/icon.tsx'
import { dialWords } from '../dialling/words/dial-words.ts'
import { phones, useKept } from '../settings/collections.ts'
import { announce } from '../state/announcement.ts'
import { phoneLegs } from '../state/phone.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { showToast } from '../state/toasts.ts'
import { callOut } from './call-out.ts'
import { type HouseCall, houseCall } from './house-call.ts'
import { give, join as joinLegs } from './phone.ts'

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
        <div key={name} class="give-ways">
          <button
            type="button"
            class="button"
            disabled={current !== null}
            onClick={() => giveCaller(id, name)}
          >
            {dial.giveTo(name)}
          </button>
          <button
            type="button"
            class="button button-quiet"
            disabled={current !== null || houseCall.value !== null}
            onClick={() => void callOut(name, name, id)}
          >
            {dial.askFirst(name)}
          </button>
        </div>
      ))}
      <p class="give-says" role="status">
        {current !== null && dial.giving(current)}
      </p>
    </fieldset>
  )
}

/** Puts the caller and the phone that was asked together. */
export function JoinKey({ call, asked }: { readonly call: HouseCall; readonly asked: PhoneLeg }) {
  const dial = dialWords.value
  const caller = call.asksFor
  if (caller === null || !phoneLegs.value.some(({ id }) => id === caller)) return null
  const join = () =>
    joinLegs(caller, asked.id, {
      onTaken: () => announce(dial.given(call.name)),
      onRefused: () => showToast({ text: dial.notGiven(call.name), tone: 'failed' }),
    })
  return (
    <button type="button" class="button button-go" onClick={join}>
      <Icon name="taken" />
      {dial.giveTo(call.name)}
    </button>
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
