import { callerTitle, nameOf, shownNumber } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import './caller.css'

type Caller = Parameters<typeof callerTitle>[0]

/** The number as people write it, a telephone link where it is known worldwide (RFC 3966). Nothing, where there is none. */
export function CallerNumber({ caller }: { readonly caller: Caller }) {
  const number = shownNumber(caller)
  if (number === null) return null
  if (caller.callerE164 === null) return <span class="number">{number}</span>
  return (
    <a class="number tel" href={`tel:${caller.callerE164}`}>
      {number}
    </a>
  )
}

/** What stands first for a caller: the name, or else the number with its link, or that it was withheld. */
export function CallerTitle({ caller }: { readonly caller: Caller }) {
  return nameOf(caller) === null && shownNumber(caller) !== null ? (
    <CallerNumber caller={caller} />
  ) : (
    <>{callerTitle(caller, words.value)}</>
  )
}
