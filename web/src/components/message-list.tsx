import { groupByDay } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { list, readMoreMessages } from '../state/messages.ts'
import { now } from '../state/now.ts'
import { EmptyMessages } from './empty-messages.tsx'
import { MessageRow } from './message-row.tsx'
import { ReadMore } from './read-more.tsx'
import { Waiting } from './waiting.tsx'

/** The messages under the headings of their days; the next page is read as its end comes into view. */
export function MessageList() {
  const { messages, nextCursor, read } = list.value
  if (!read) return <Waiting text={words.value.messages.loading} />
  if (messages.length === 0) return <EmptyMessages />
  return (
    <>
      {groupByDay(messages, ({ receivedAt }) => receivedAt, now.value, place.value).map(({ day, rows }) => (
        <section key={day} class="day" aria-label={day}>
          <h2 class="day-heading">{day}</h2>
          <ul>
            {rows.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor !== null && <ReadMore read={readMoreMessages} />}
    </>
  )
}
