import { signal } from '@preact/signals'

/** Goes up when a line, or how one is registered, may be otherwise: who shows lines reads them again. */
export const lineChanges = signal(0)
