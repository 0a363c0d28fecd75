import { computed, effect, signal } from '@preact/signals'
import { listMessages, type MessageQuery } from '../api/messages.ts'
import { focusMessage, markMessage } from './message-acts.ts'
import { newCount, openId, period, search, showAll, tab } from './messages.ts'
import { offline } from './offline.ts'
import { forgetPlayer, listenToPlayer, pausePlayer, playing, playMessage } from './player.ts'
import { reportFailure } from './report-failure.ts'
import { screen } from './session.ts'

/** How many of the oldest new messages are looked at for the next: one may come, or go, meanwhile. */
const LAST = 50

/** Whether the machine plays one new message after the other, as the big key asks for. */
const playingThrough = signal(false)

/** Whether the big key would stop something. */
export const busy = computed(() => playingThrough.value || playing.value !== null)

/** The big key. Plays all new messages, the oldest first as machines always did; while anything sounds, it stops. */
export async function pressBigKey(): Promise<void> {
  if (busy.value) {
    playingThrough.value = false
    pausePlayer()
    return
  }
  playingThrough.value = true
  if (tab.value === 'trash' || search.value !== '' || period.value !== 'any') showAll('all')
  await playOldestNew(null)
}

const ALL_NEW: MessageQuery = { state: 'new', q: '', mailbox: '', from: '', before: '' }

async function playOldestNew(justPlayed: string | null): Promise<void> {
  try {
    const beforeLast = Math.max(0, newCount.value - LAST)
    const { messages } = await listMessages(ALL_NEW, beforeLast, 2 * LAST)
    // The key may have been pressed again meanwhile.
    if (!playingThrough.value) return
    const next = messages.filter(({ id }) => id !== justPlayed).at(-1)
    if (!next) {
      playingThrough.value = false
      return
    }
    openId.value = next.id
    playMessage(next)
    focusMessage(next.id)
  } catch (error) {
    playingThrough.value = false
    reportFailure(error)
  }
}

/** Ties the player to the list: what sounds has been heard, and what ends may be followed by the next. */
export function followPlayer(): void {
  effect(() => {
    if (screen.value === 'home') return
    playingThrough.value = false
    forgetPlayer()
  })
  listenToPlayer({
    onStarted(message) {
      // Without the machine it stays new.
      if (message.state === 'new' && !offline.value) void markMessage(message, 'heard')
    },
    onEnded: (message) => {
      if (playingThrough.value) void playOldestNew(message.id)
    },
  })
}
