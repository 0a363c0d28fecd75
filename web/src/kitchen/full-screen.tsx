import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { kitchenWords } from './words/kitchen-words.ts'

const full = signal(false)

/** Fills the screen and gives it back; nothing where the browser can't, as on an iPhone. */
export function FullScreenKey() {
  useEffect(() => {
    const look = () => {
      full.value = document.fullscreenElement !== null
    }
    look()
    document.addEventListener('fullscreenchange', look)
    return () => {
      document.removeEventListener('fullscreenchange', look)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [])
  if (!document.fullscreenEnabled) return null
  const kitchen = kitchenWords.value
  return (
    <button type="button" class="button" onClick={() => void toggle().catch(() => {})}>
      {full.value ? kitchen.smallScreen : kitchen.fullScreen}
    </button>
  )
}

// A refusal leaves things as they are seen.
const toggle = () =>
  document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
