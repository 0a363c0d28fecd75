import { signal } from '@preact/signals'

/** What a screen reader is told at once: who calls, what arrived, what was done. */
export const announcement = signal('')

export function announce(text: string): void {
  announcement.value = text
}
