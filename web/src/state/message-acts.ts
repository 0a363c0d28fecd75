import type { Message } from '../../../src/api/contract.ts'
import { changeMessage, restoreMessage, trashMessage } from '../api/messages.ts'
import { callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { changeInList, placeAfterRemoval, removeFromList } from './message-list.ts'
import { list, newCount, openId, refreshMessages } from './messages.ts'
import { pausePlayer, playing } from './player.ts'
import { reportFailure } from './report-failure.ts'
import { showToast } from './toasts.ts'

/**
 * What the owner does to a message. The page shows it at once and asks the server after; when the server refuses, the
 * list is read again and is as it was. What was picked up has been heard, and is never new.
 */
export function markMessage(message: Message, state: 'new' | 'heard'): Promise<void> {
  if (message.state === state || (state === 'new' && message.pickedUp !== null)) return Promise.resolve()
  list.value = { ...list.value, ...changeInList(list.value, message.id, { state }) }
  newCount.value += state === 'new' ? 1 : -1
  return told(changeMessage(message.id, { state }))
}

/** Answers what is asked after a pick-up: it stays. */
export function keepMessage(message: Message): Promise<void> {
  list.value = { ...list.value, ...changeInList(list.value, message.id, { pickedUp: 'kept' }) }
  return told(changeMessage(message.id, { pickedUp: 'kept' }))
}

export function deleteMessage(message: Message): Promise<void> {
  takeOut(message)
  if (message.state === 'new') newCount.value -= 1
  showToast({
    text: words.value.messages.deleted(callerTitle(message, words.value)),
    tone: 'done',
    undo: () => void told(restoreMessage(message.id)),
  })
  return told(trashMessage(message.id))
}

/** Restores a message from the trash, where it is listed. */
export function undeleteMessage(message: Message): Promise<void> {
  takeOut(message)
  showToast({ text: words.value.messages.restored(callerTitle(message, words.value)), tone: 'done' })
  return told(restoreMessage(message.id))
}

/** The row leaves; the owner's place moves to the next one. */
function takeOut(message: Message): void {
  if (playing.value?.id === message.id) pausePlayer()
  if (openId.value === message.id) openId.value = null
  const place = placeAfterRemoval(list.value, message.id)
  list.value = { ...list.value, ...removeFromList(list.value, message.id) }
  if (place) requestAnimationFrame(() => focusMessage(place))
}

/** Moves the keyboard's place to this message's row. */
export function focusMessage(id: string): void {
  const row = document.getElementById(`message-${id}`)
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

async function told(answer: Promise<unknown>): Promise<void> {
  await answer.catch(reportFailure)
  await refreshMessages()
}
