import { signal } from '@preact/signals'
import type { Message } from '../../../src/api/contract.ts'
import { blockNumber, unblockNumber } from '../api/calls.ts'
import * as api from '../api/messages.ts'
import { askedNumber, callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { ask } from './ask.ts'
import { changeInList, placeAfterRemoval, removeFromList } from './message-list.ts'
import { list, newCount, openId, refreshMessages, wantedId } from './messages.ts'
import { mustWait } from './offline.ts'
import { pausePlayer, playing } from './player.ts'
import { reportFailure } from './report-failure.ts'
import { showToast } from './toasts.ts'

/**
 * What the owner does to a message. The page shows it at once and asks the server after; when the server refuses, the
 * list is read again and is as it was. What was picked up has been heard, and is never new.
 */
export function markMessage(message: Message, state: 'new' | 'heard'): Promise<void> {
  if (message.state === state || (state === 'new' && message.pickedUp !== null)) return Promise.resolve()
  if (mustWait()) return Promise.resolve()
  list.value = { ...list.value, ...changeInList(list.value, message.id, { state }) }
  newCount.value += state === 'new' ? 1 : -1
  return told(api.changeMessage(message.id, { state }))
}

/** Answers what is asked after a pick-up: it stays. */
export function keepMessage(message: Message): Promise<void> {
  if (mustWait()) return Promise.resolve()
  list.value = { ...list.value, ...changeInList(list.value, message.id, { pickedUp: 'kept' }) }
  return told(api.changeMessage(message.id, { pickedUp: 'kept' }))
}

export function deleteMessage(message: Message): Promise<void> {
  if (mustWait()) return Promise.resolve()
  takeOut(message)
  if (message.state === 'new') newCount.value -= 1
  showToast({
    text: words.value.messages.deleted(callerTitle(message, words.value)),
    tone: 'done',
    undo: () => void told(api.restoreMessage(message.id)),
  })
  return told(api.trashMessage(message.id))
}

/** Into junk, or out of it. */
export function junkMessage(message: Message, junk: boolean): Promise<void> {
  if (mustWait()) return Promise.resolve()
  takeOut(message)
  if (message.state === 'new') newCount.value -= 1
  showToast({
    text: words.value.selection.done[junk ? 'junk' : 'not-junk'](1),
    tone: 'done',
    undo: () => void told(api.changeMessage(message.id, { junk: !junk })),
  })
  return told(api.changeMessage(message.id, { junk }))
}

/** Restores a message from the trash, where it is listed. */
export function undeleteMessage(message: Message): Promise<void> {
  if (mustWait()) return Promise.resolve()
  takeOut(message)
  showToast({ text: words.value.messages.restored(callerTitle(message, words.value)), tone: 'done' })
  return told(api.restoreMessage(message.id))
}

/** Deletes for good what is in the trash, when the owner is sure. */
export async function purgeMessage(message: Message): Promise<void> {
  if (mustWait()) return
  const { messages } = words.value
  const caller = callerTitle(message, words.value)
  if (!(await ask(messages.purgeAsked(caller), messages.purge))) return
  takeOut(message)
  await told(api.purgeMessage(message.id), messages.purged(caller))
}

/** The message whose note is in a field now; null: none. */
export const noteBeingEdited = signal<string | null>(null)

export function editNote({ id }: Message): void {
  if (mustWait()) return
  openId.value = id
  noteBeingEdited.value = id
}

/** Leaves the note as it was; the owner's place is the row again. */
export function closeNote({ id }: Message): void {
  noteBeingEdited.value = null
  focusMessage(id)
}

/** Says what it did, with the note before as the way back. */
export function saveNote(message: Message, note: string): Promise<void> {
  const { messages } = words.value
  closeNote(message)
  if (note === message.note) return Promise.resolve()
  const caller = callerTitle(message, words.value)
  const write = (text: string) => {
    list.value = { ...list.value, ...changeInList(list.value, message.id, { note: text }) }
    return api.changeMessage(message.id, { note: text })
  }
  return told(write(note), note === '' ? messages.noteRemoved(caller) : messages.noteSaved(caller), () =>
    told(write(message.note)),
  )
}

/** Refuses the caller's number from now on; a slip of the finger can be taken back, not what was blocked before. */
export async function blockCaller(message: Message): Promise<void> {
  if (mustWait()) return
  const { callerName: name } = message
  const number = askedNumber(message)
  if (number === null) return
  const { live } = words.value
  const caller = callerTitle(message, words.value)
  try {
    const { number: blocked, wasBlocked } = await blockNumber({ number, name })
    if (wasBlocked) sayDone(live.wasBlocked(caller))
    else sayDone(live.blocked(caller), () => unblockNumber(blocked).catch(reportFailure))
  } catch (error) {
    reportFailure(error)
  }
}

/** The row leaves; the owner's place moves to the next one. */
function takeOut(message: Message): void {
  if (playing.value?.id === message.id) pausePlayer()
  if (openId.value === message.id) openId.value = null
  const place = placeAfterRemoval(list.value, message.id)
  list.value = { ...list.value, ...removeFromList(list.value, new Set([message.id])) }
  if (place) focusMessage(place)
}

/** Moves the keyboard's place to this message's row, which the list brings into sight. */
export function focusMessage(id: string): void {
  wantedId.value = id
}

/** Waits for the server's answer, and says what was done where that is not plain to see. */
async function told(answer: Promise<unknown>, done?: string, undo?: () => unknown): Promise<void> {
  await answer.then(() => done === undefined || sayDone(done, undo), reportFailure)
  await refreshMessages()
}

function sayDone(text: string, undo?: () => unknown): void {
  showToast({ text, tone: 'done', ...(undo && { undo: () => void undo() }) })
}
