import { callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { connection } from '../state/connection.ts'
import { health } from '../state/health.ts'
import { newCount } from '../state/messages.ts'
import { busy, pressBigKey } from '../state/play-through.ts'
import { playing } from '../state/player.ts'
import { Icon } from './icon.tsx'
import { Lamp } from './lamp.tsx'
import './faceplate.css'

/** The machine itself: its name and pilot light, the lamp's window, the big key and the loudspeaker. */
export function Faceplate() {
  return (
    <section class="faceplate" aria-label={words.value.name}>
      <header class="faceplate-top">
        <span class="brand">{words.value.name}</span>
        <PilotLight />
      </header>
      <Lamp />
      <div class="faceplate-keys">
        <p class="faceplate-says">
          {newCount.value === 0 ? words.value.lamp.none : words.value.lamp.count(newCount.value)}
          <NowPlaying />
        </p>
        <BigKey />
      </div>
      <div class="grille" aria-hidden="true" />
    </section>
  )
}

/** Whose message sounds. */
export function NowPlaying() {
  const message = playing.value
  return message && <span class="faceplate-caller">{callerTitle(message, words.value)}</span>
}

/** Plays one new message after the other; the same key stops. */
export function BigKey() {
  const { lamp } = words.value
  const name = busy.value ? lamp.stop : lamp.playAll
  return (
    <button
      type="button"
      class="big-key"
      disabled={newCount.value === 0 && !busy.value}
      aria-label={name}
      title={name}
      onClick={() => void pressBigKey()}
    >
      <Icon name={busy.value ? 'stop' : 'play'} />
    </button>
  )
}

/** Whether the machine is there, and ready. */
export function PilotLight() {
  const { lamp } = words.value
  const state = connection.value === 'lost' ? 'offline' : health.value?.ready === false ? 'notReady' : 'ready'
  return (
    <span class={`pilot pilot-${state}`}>
      <span class="pilot-light" aria-hidden="true" />
      {lamp[state]}
    </span>
  )
}
