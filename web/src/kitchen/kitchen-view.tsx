import { useEffect } from 'preact/hooks'
import { Banners } from '../components/banners.tsx'
import { BigKey, NowPlaying, PilotLight } from '../components/faceplate.tsx'
import { LiveCalls } from '../components/live-calls.tsx'
import { SevenSegment } from '../components/seven-segment.tsx'
import { digitsOf } from '../format/seven-segments.ts'
import { place, words } from '../i18n/words.ts'
import { newCount } from '../state/messages.ts'
import { now } from '../state/now.ts'
import { stored } from '../state/stored.ts'
import { FullScreenKey } from './full-screen.tsx'
import { driftPlace, isNight, type NightChoice, nightChoices } from './night.ts'
import { stayAwake } from './stay-awake.ts'
import { kitchenWords } from './words/kitchen-words.ts'
import './kitchen.css'

const night = stored<NightChoice>('night', nightChoices, 'auto')

/** The machine on a shelf: to be read from across the room, and worked with a floury finger. */
export function KitchenView() {
  useEffect(stayAwake, [])
  const dark = isNight(night.value, new Date(now.value).getHours())
  return (
    <div class={dark ? 'kitchen kitchen-night' : 'kitchen'} data-drift={driftPlace(now.value)}>
      <header class="kitchen-top">
        <PilotLight />
        <Ways />
      </header>
      <main id="content" class="kitchen-middle" tabIndex={-1}>
        <h1 class="unseen">{words.value.menu.kitchen}</h1>
        <Banners />
        <LiveCalls />
        <div class="kitchen-machine">
          <Digits />
          <div class="kitchen-beside">
            <Clock />
            <p class="kitchen-says">
              {newCount.value === 0 ? words.value.lamp.none : words.value.lamp.count(newCount.value)}
              <NowPlaying />
            </p>
            <BigKey />
          </div>
        </div>
      </main>
    </div>
  )
}

/** Flashes while there is something new, and shows a steady nought when there is not. */
function Digits() {
  const count = newCount.value
  const digits = count === 0 ? [0] : digitsOf(count)
  return (
    <section
      class={count > 0 ? 'kitchen-digits kitchen-new' : 'kitchen-digits'}
      aria-label={words.value.lamp.spoken(count)}
    >
      {digits.length === 2 && <SevenSegment digit={digits[0]} />}
      <SevenSegment digit={digits.at(-1)} />
    </section>
  )
}

function Clock() {
  const { language } = place.value
  const at = now.value
  return (
    <time class="kitchen-clock number">
      {new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at)}
      <span class="kitchen-day">
        {new Intl.DateTimeFormat(language, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
        }).format(at)}
      </span>
    </time>
  )
}

/** How dark it is, how large, and the way back. */
function Ways() {
  const kitchen = kitchenWords.value
  const next = nightChoices[(nightChoices.indexOf(night.value) + 1) % nightChoices.length] ?? 'auto'
  return (
    <div class="kitchen-ways">
      <button
        type="button"
        class="button"
        onClick={() => {
          night.value = next
        }}
      >
        {kitchen.nights[night.value]}
      </button>
      <FullScreenKey />
      <a class="button" href="#/messages">
        {kitchen.leave}
      </a>
    </div>
  )
}
