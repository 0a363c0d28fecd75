import { signal } from '@preact/signals'

/** Wall time in ms, for what is shown as time passing. It moves once a second, and at once when the page is shown again. */
export const now = signal(Date.now())

const tick = () => {
  now.value = Date.now()
}

export function keepTime(): void {
  window.setInterval(tick, 1000)
  document.addEventListener('visibilitychange', tick)
}
