import { signal } from '@preact/signals'
import type { Message } from '../../../src/api/contract.ts'

/** The message for which a dialog is open, and which: to forward it, or to share its sound. Null: none. */
export const sending = signal<{ readonly act: 'forward' | 'share'; readonly message: Message } | null>(null)

export function openSending(act: 'forward' | 'share', message: Message): void {
  sending.value = { act, message }
}
