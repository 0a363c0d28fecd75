import { signal } from '@preact/signals'
import { words } from '../i18n/words.ts'
import { showToast } from './toasts.ts'

/** The call of which the name sounds now. */
export const saying = signal<string | null>(null)

let audio: HTMLAudioElement | undefined

/** Plays the name that was said at a gate, or stops it. */
export function playName(callId: string): void {
  const stops = saying.value === callId
  audio?.pause()
  saying.value = null
  if (stops) return
  const playing = new Audio(`/api/v1/calls/${encodeURIComponent(callId)}/name`)
  audio = playing
  saying.value = callId
  const over = () => {
    if (audio === playing) saying.value = null
  }
  for (const event of ['pause', 'ended'] as const) playing.addEventListener(event, over)
  playing.play().catch((error: DOMException) => {
    over()
    if (error.name !== 'AbortError') showToast({ text: words.value.failures.audio, tone: 'failed' })
  })
}
