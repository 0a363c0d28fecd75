import { signal } from '@preact/signals'

/** The browser lets this page be heard only once somebody has touched it (autoplay policy). */
export const touchNeeded = signal(false)

let asked: Promise<void> | undefined

/** Asks for a touch or a key, wherever on the page; resolves with it, while it still counts as the user's own act. */
export function untilTouched(): Promise<void> {
  asked ??= new Promise((resolve) => {
    touchNeeded.value = true
    const touched = () => {
      // Escape, and keys with Ctrl, are none to the browser.
      if (navigator.userActivation?.hasBeenActive === false) return
      document.removeEventListener('click', touched)
      document.removeEventListener('keydown', touched)
      touchNeeded.value = false
      asked = undefined
      resolve()
    }
    document.addEventListener('click', touched)
    document.addEventListener('keydown', touched)
  })
  return asked
}
