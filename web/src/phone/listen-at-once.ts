import { effect, untracked } from '@preact/signals'
import type { LiveCall } from '../../../src/api/contract.ts'
import { encodeWav } from '../format/wav.ts'
import { liveCalls } from '../state/calls.ts'
import { callToHear } from '../state/live-call-list.ts'
import { listenAtOnce, phoneLegs } from '../state/phone.ts'
import { isSilenced } from '../state/silence.ts'
import { touchNeeded, untilTouched } from '../state/touch.ts'
import { dial } from './phone.ts'

/** A tenth of a second. */
const SILENCE = { samples: new Float32Array(800), rate: 8000 }

/** Calls that were begun to be heard, or left to another tab: who stops listening is not made to go on. */
const begun = new Set<string>()
let follows = false

/** Listens to whoever leaves a message, for as long as the setting says so. One ear: to one at a time, and not while in a call. */
export function followCallers(): void {
  void askForTouchIfNeeded()
  if (follows) return
  follows = true
  effect(() => {
    if (listenAtOnce.value === 'off' || touchNeeded.value || phoneLegs.value.length > 0) return
    const call = callToHear(liveCalls.value, (id) => isSilenced(id) || begun.has(id))
    if (call) untracked(() => hear(call))
  })
}

function hear(call: LiveCall): void {
  for (const id of begun) if (!liveCalls.value.some((other) => other.id === id)) begun.delete(id)
  begun.add(call.id)
  // Two tabs that sound at once are an echo. Lent to secure pages only; elsewhere each tab speaks for itself.
  if (!navigator.locks) return void dial(call, 'listen')
  void navigator.locks.request(`answerphone.hear.${call.id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await dial(call, 'listen')
    await over(call)
  })
}

/** Resolves when the message is over. */
function over({ id }: LiveCall): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (liveCalls.value.some((call) => call.id === id && call.phase === 'recording')) return
      resolve()
      queueMicrotask(() => stop())
    })
  })
}

/** A page that was opened but never touched may be mute: silence is played to see, before the first caller comes. */
async function askForTouchIfNeeded(): Promise<void> {
  const url = URL.createObjectURL(new Blob([encodeWav(SILENCE)], { type: 'audio/wav' }))
  try {
    await new Audio(url).play()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotAllowedError') await untilTouched()
  } finally {
    URL.revokeObjectURL(url)
  }
}
