import { signal } from '@preact/signals'

/**
 * When the machine gave what the page was answered last, if that was kept for when it is out of reach (ISO 8601); null:
 * the machine itself has answered.
 */
export const keptAt = signal<string | null>(null)
