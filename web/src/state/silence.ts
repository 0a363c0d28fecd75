import { signal } from '@preact/signals'
import type { LiveCall } from '../../../src/api/contract.ts'
import { words } from '../i18n/words.ts'
import { announce } from './announcement.ts'
import { liveCalls } from './calls.ts'

const KEY = 'answerphone.silenced'

/** Calls of which nothing is to be heard in this browser, by id; every other phone goes on as before. */
const silenced = signal(read())

export const isSilenced = (callId: string) => silenced.value.includes(callId)

/** Silences the call in every tab of this browser, or lets it be heard again. */
export function setSilenced({ id }: LiveCall, on: boolean): void {
  const going = silenced.value.filter(
    (other) => other !== id && liveCalls.value.some((call) => call.id === other),
  )
  silenced.value = on ? [...going, id] : going
  try {
    localStorage.setItem(KEY, silenced.value.join(' '))
  } catch {
    // Private windows and blocked storage: it holds for this tab, until it is left.
  }
  const { live } = words.value
  announce(on ? live.announceSilenced : live.announceHeard)
}

/** What another tab silences is silent here too. */
export function followSilence(): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) silenced.value = read()
  })
}

function read(): readonly string[] {
  try {
    return (localStorage.getItem(KEY) ?? '').split(' ').filter((id) => id !== '')
  } catch {
    return []
  }
}
