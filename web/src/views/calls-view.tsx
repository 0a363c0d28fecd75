import { CallRow } from '../components/call-row.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { ReadMore } from '../components/read-more.tsx'
import { Waiting } from '../components/waiting.tsx'
import { groupByDay } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { nextCallsCursor, pastCalls, readMoreCalls } from '../state/calls.ts'
import { now } from '../state/now.ts'

/** Every call that there was, with or without a message. */
export function CallsView() {
  return (
    <>
      <h1 class="unseen">{words.value.calls.heading}</h1>
      <PastCalls />
    </>
  )
}

function PastCalls() {
  const { calls, empty } = words.value
  const past = pastCalls.value
  if (past === null) return <Waiting text={calls.loading} />
  if (past.length === 0) return <EmptyState title={empty.calls} text={empty.callsHelp} />
  return (
    <>
      {groupByDay(past, ({ arrivedAt }) => arrivedAt, now.value, place.value).map(({ day, rows }) => (
        <section key={day} class="day" aria-label={day}>
          <h2 class="day-heading">{day}</h2>
          <ul>
            {rows.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </ul>
        </section>
      ))}
      {nextCallsCursor.value !== null && <ReadMore read={readMoreCalls} />}
    </>
  )
}
