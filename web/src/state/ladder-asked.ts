import { signal } from '@preact/signals'
import type { PastCall } from '../../../src/api/contract.ts'

/** The call of which is shown what went over the wire; null: none. */
export const ladderAsked = signal<PastCall | null>(null)
