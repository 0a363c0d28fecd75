import { words } from '../i18n/words.ts'
import { countOf } from '../state/message-list.ts'
import { list } from '../state/messages.ts'
import { EmptyMessages } from './empty-messages.tsx'
import { MessageRows } from './message-rows.tsx'
import { Waiting } from './waiting.tsx'

/** The messages under the headings of their days. */
export function MessageList() {
  if (!list.value.read) return <Waiting text={words.value.messages.loading} />
  return countOf(list.value) === 0 ? <EmptyMessages /> : <MessageRows />
}
