import type { Message } from '../../../src/api/contract.ts'
import { showShortcuts } from '../components/shortcuts-dialog.tsx'
import { actByKey, doAct } from '../message/acts.ts'
import { batchActByKey } from '../message/batch-acts.ts'
import { changeSelected } from '../state/batch.ts'
import { liveCalls } from '../state/calls.ts'
import { callToPickUp, callToSilence } from '../state/live-call-list.ts'
import { focusMessage } from '../state/message-acts.ts'
import { neighbour } from '../state/message-list.ts'
import { firstSeen, list, openId, tab } from '../state/messages.ts'
import { phoneCall, pickUp } from '../state/phone.ts'
import { loaded, positionMs, seekTo, togglePlayer } from '../state/player.ts'
import { route } from '../state/route.ts'
import { selectedCount, selecting, stopSelecting, toggleSelected } from '../state/selection.ts'
import { screen } from '../state/session.ts'
import { isSilenced, setSilenced } from '../state/silence.ts'
import { undoNewest } from '../state/toasts.ts'
import { freeKey, type KeyPress, keyAct } from './key-act.ts'
import { singleKeys } from './single-keys.ts'

const SEEK_MS = 5000

/** Lets the whole page be worked by single keys. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (singleKeys.value === 'off' || screen.value !== 'home' || event.defaultPrevented) return
    if (document.querySelector('dialog[open], :popover-open')) return
    const key = freeKey({ ...modifiersOf(event), on: whereIs(event.target) })
    if (key === null || !perform(key)) return
    event.preventDefault()
  })
}

const modifiersOf = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => ({ key, ctrlKey, metaKey, altKey })

function whereIs(target: EventTarget | null): KeyPress['on'] {
  if (!(target instanceof Element)) return 'page'
  if (target.closest('.message-who, .message-tick')) return 'row'
  if (target.closest('input, textarea, select, [contenteditable]')) return 'field'
  return target.closest('button, a') ? 'button' : 'page'
}

/** The message at which the owner is: the one with the focus, or the one that lies open. */
function current(): Message | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message']
  const id = focused ?? openId.value
  return list.value.messages.find((message) => message.id === id)
}

/** Whether there was something to do. */
function perform(key: string): boolean {
  const act = keyAct(key)
  if (act === 'help') return done(showShortcuts())
  if (act === 'undo') return done(undoNewest())
  if (act === 'silence') {
    const call = callToSilence(liveCalls.value, isSilenced)
    return call !== undefined && done(setSilenced(call, !isSilenced(call.id)))
  }
  const ringing = act === 'play' && callToPickUp(liveCalls.value, phoneCall.value)
  if (ringing) return done(pickUp(ringing))
  if (route.value.view !== 'messages') return false
  if (act === 'search') return done(document.getElementById('search')?.focus())
  if (act === 'leave') return selecting.value && done(stopSelecting())
  if (selecting.value && selectedCount.value !== 0) {
    const batch = batchActByKey(tab.value, key)
    if (batch) return done(changeSelected(batch.act))
  }
  const message = current()
  if (act === 'next' || act === 'previous') return step(message, act === 'next' ? 1 : -1)
  const meant = message ?? (act === 'play' ? firstSeen() : undefined)
  if (!meant) return false
  if (act === 'select' || (act === 'play' && selecting.value)) return done(toggleSelected(meant.id))
  if (act !== undefined) return performOn(meant, act)
  const own = actByKey(meant, key)
  return own !== undefined && done(doAct(own, meant))
}

function performOn(message: Message, act: 'play' | 'back' | 'on'): boolean {
  if (act === 'play') {
    openId.value = message.id
    return done(togglePlayer(message))
  }
  if (loaded.value?.id !== message.id) return false
  return done(seekTo(message, positionMs.value + (act === 'on' ? SEEK_MS : -SEEK_MS)))
}

function step(from: Message | undefined, by: 1 | -1): boolean {
  const next = neighbour(list.value, from?.id ?? null, by) ?? firstSeen()
  if (!next) return false
  return done(focusMessage(next.id))
}

const done = (_acted: unknown): true => true
