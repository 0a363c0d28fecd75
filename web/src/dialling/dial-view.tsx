import { signal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { readDialled } from '../format/dialled.ts'
import { callOut, phoneCall } from '../state/phone.ts'
import { replaceRoute, route } from '../state/route.ts'
import { wayOut } from '../state/way-out.ts'
import { DialKeys } from './dial-keys.tsx'
import { HousePhones } from './house-phones.tsx'
import { KnownNumbers } from './known-numbers.tsx'
import { dialWords } from './words/dial-words.ts'
import './dial.css'

const typed = signal('')

/** The browser as a telephone: a number by its keys, or a phone of the house by its name. */
export function DialView() {
  const dial = dialWords.value
  useNumberOfAddress()
  return (
    <>
      <h1 class="unseen">{dial.heading}</h1>
      <div class="dial">
        <NumberField />
        <div class="dial-beside">
          <KnownNumbers typed={typed.value} />
          <HousePhones />
        </div>
      </div>
    </>
  )
}

/** The number that the address names, by a telephone link, is put into the field; to call it is the owner's to do. */
function useNumberOfAddress(): void {
  const at = route.value
  const number = at.view === 'phone' ? at.number : null
  useEffect(() => {
    if (number === null) return
    typed.value = number
    // Once: what is typed afterwards stays, when the page is loaded again or one comes back to it.
    replaceRoute('#/phone')
  }, [number])
}

function NumberField() {
  const dial = dialWords.value
  const id = useId()
  const target = readDialled(typed.value)
  const talks = phoneCall.value?.purpose === 'talk'
  return (
    <form
      class="dial-part dial-number"
      onSubmit={(event) => {
        event.preventDefault()
        if (target !== null && !talks) void callOut(target, typed.value.trim())
      }}
    >
      <div class="field">
        <label class="field-label" for={id}>
          {dial.number}
        </label>
        <input
          id={id}
          type="text"
          // A telephone's keys on a telephone; names are chosen from the list there.
          inputMode="tel"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          aria-describedby={`${id}-way`}
          value={typed}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
        <p id={`${id}-way`} class="field-hint field-calm">
          <WayOut />
        </p>
      </div>
      <DialKeys
        onKey={(key) => {
          typed.value += key
        }}
      />
      <div class="dial-go">
        <button type="submit" class="button button-go" disabled={target === null || talks}>
          <Icon name="taken" />
          {dial.call}
        </button>
        <button
          type="button"
          class="button"
          aria-label={dial.back}
          title={dial.back}
          onClick={() => {
            typed.value = typed.value.slice(0, -1)
          }}
        >
          <Icon name="backward" />
        </button>
      </div>
    </form>
  )
}

/** Through which line numbers are called: the first that lets phones call out (src/owner/switchboard.ts). */
function WayOut() {
  const dial = dialWords.value
  const line = wayOut.value
  if (line === undefined) return null
  return <>{line === null ? dial.noLine : dial.through(line)}</>
}
