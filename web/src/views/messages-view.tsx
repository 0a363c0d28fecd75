import { MessageFilter } from '../components/message-filter.tsx'
import { MessageList } from '../components/message-list.tsx'
import { words } from '../i18n/words.ts'
import { SelectionBar } from '../message/selection-bar.tsx'

export function MessagesView() {
  return (
    <>
      <h1 class="unseen">{words.value.nav.messages}</h1>
      <MessageFilter />
      <SelectionBar />
      <MessageList />
    </>
  )
}
