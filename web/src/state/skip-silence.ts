import { effect, signal } from '@preact/signals'
import { readRecording, SAMPLE_RATE } from '../api/recording.ts'
import { afterSilence, type Silence, silencesOf } from '../format/silences.ts'
import { loaded, playing, positionMs, seekTo } from './player.ts'
import { stored } from './stored.ts'

/** Whether the player jumps over long pauses. */
export const silence = stored('silence', ['play', 'skip'], 'play')

/** The silences of the message in the player; none until they are known. */
const silences = signal<readonly Silence[]>([])

/** Lets the player jump over the silences of what it plays. */
export function skipSilences(): void {
  effect(() => {
    const id = loaded.value?.id
    silences.value = []
    if (id === undefined || silence.value === 'play') return
    readRecording(id).then(
      (samples) => {
        if (loaded.value?.id === id) silences.value = silencesOf(samples, SAMPLE_RATE)
      },
      // The player says so when a recording can't be read; what plays without it, plays in full.
      () => {},
    )
  })
  effect(() => {
    const to = afterSilence(silences.value, positionMs.value)
    const message = playing.peek()
    if (to !== null && message) seekTo(message, to)
  })
}
