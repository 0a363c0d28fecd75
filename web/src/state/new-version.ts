import { signal } from '@preact/signals'

/** Lets the new version of the page take over, and loads it; null: there is none. */
export const newVersion = signal<(() => void) | null>(null)
