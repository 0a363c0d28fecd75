import type { Contact } from '../../../src/api/contract.ts'
import { contactCount, useContacts } from '../contacts/found-contacts.ts'
import { readDialled } from '../format/dialled.ts'
import { formatNumber } from '../format/phone-number.ts'
import { useKept } from '../settings/collections.ts'
import { callOut, phoneCall } from '../state/phone.ts'
import { dialWords } from './words/dial-words.ts'

const MOST_ROWS = 6

/** Whom what is typed may mean, with the number to call; with nothing typed, the first of all contacts. */
export function KnownNumbers({ typed }: { readonly typed: string }) {
  const dial = dialWords.value
  const known = useKept(contactCount)
  const { page } = useContacts(typed, MOST_ROWS)
  if (!known || page === null) return null
  const rows = page.contacts.flatMap(numbersOf)
  const talks = phoneCall.value?.purpose === 'talk'
  return (
    <section class="dial-part" aria-labelledby="known-numbers">
      <h2 id="known-numbers" class="dial-title">
        {dial.contacts}
      </h2>
      <p class="unseen" role="status">
        {typed === '' ? '' : dial.found(page.total)}
      </p>
      {rows.length === 0 && <p class="dial-there">{dial.noneFound}</p>}
      <ul>
        {rows.slice(0, MOST_ROWS).map(({ name, number }) => (
          <li key={`${name} ${number}`} class="dial-phone">
            <span class="dial-name">
              {name}
              <span class="dial-there number">{formatNumber(number)}</span>
            </span>
            <button
              type="button"
              class="button"
              aria-label={dial.callContact(name, formatNumber(number))}
              disabled={talks || readDialled(number) === null}
              onClick={() => void callOut(readDialled(number) ?? number, name)}
            >
              {dial.call}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const numbersOf = ({ name, numbers }: Contact) => numbers.map((number) => ({ name, number }))
