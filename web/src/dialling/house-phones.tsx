import { phones, useKept } from '../settings/collections.ts'
import { callOut, phoneCall } from '../state/phone.ts'
import { dialWords } from './words/dial-words.ts'

const LOOK_EVERY_MS = 10_000

/** The phones of the house, and whether they are there. */
export function HousePhones() {
  const dial = dialWords.value
  const known = useKept(phones, LOOK_EVERY_MS)
  if (known === null) return null
  const talks = phoneCall.value?.purpose === 'talk'
  return (
    <section class="dial-part" aria-labelledby="house-phones">
      <h2 id="house-phones" class="dial-title">
        {dial.phones}
      </h2>
      {known.length === 0 && <p>{dial.noPhones}</p>}
      <ul>
        {known.map(({ name, devices }) => (
          <li key={name} class="dial-phone">
            <span class="dial-name">
              {name}
              <span class="dial-there">{devices.length > 0 ? dial.there : dial.away}</span>
            </span>
            <button
              type="button"
              class="button"
              aria-label={dial.callPhone(name)}
              disabled={devices.length === 0 || talks}
              onClick={() => void callOut(name, name)}
            >
              {dial.call}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
