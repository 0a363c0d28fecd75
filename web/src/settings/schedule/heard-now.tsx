import type { Greeting, Mailbox } from '../../../../src/api/contract.ts'
import { place } from '../../i18n/words.ts'
import { scheduleWords } from './words/schedule-words.ts'

/** What callers to a mailbox hear now, and what is next. */
export function HeardNow({ box, sounds }: { readonly box: Mailbox; readonly sounds: readonly Greeting[] }) {
  return (
    <p class="schedule-now" role="status">
      <span class="light light-on" aria-hidden="true" />
      <span>{tellHeard(box, sounds)}</span>
    </p>
  )
}

export function tellHeard({ heard }: Mailbox, sounds: readonly Greeting[]): string {
  const t = scheduleWords.value
  const nameOf = (id: string | null) => sounds.find((greeting) => greeting.id === id)?.name ?? t.shipped
  const now = nameOf(heard.greeting)
  if (heard.until === null) return `${t.now(now)}. ${t.forGood}`
  const until = formatUntil(heard.until, heard.timeZone)
  return `${t.nowUntil(now, until)}. ${t.next(nameOf(heard.next))}`
}

/** With its date, for it may be long until then; on the clock that the schedule goes by. */
const formatUntil = (iso: string, timeZone: string) =>
  new Intl.DateTimeFormat(place.value.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(Date.parse(iso))
